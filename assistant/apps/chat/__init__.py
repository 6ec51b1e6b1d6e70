"""The chat in the browser: questions, cited answers, and the source beside them."""
