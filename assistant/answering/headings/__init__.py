"""What headings tell: what to ask next, what a question may mean, what is still empty."""
