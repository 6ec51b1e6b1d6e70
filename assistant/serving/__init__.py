"""What the faces that stay up share: answers from notes that change while the process lives."""
