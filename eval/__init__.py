"""Measures retrieval and answers on question sets. Never `import eval`: it hides the builtin."""
