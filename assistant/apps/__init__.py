"""The faces that stay up: each app is a package of its own, and nothing else imports them."""
