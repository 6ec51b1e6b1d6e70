"""Reads exam questions with options, and finds what the notes say on each."""
