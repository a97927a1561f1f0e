"""The built-in rules. One folder a family, two files a rule: the class and its page."""
