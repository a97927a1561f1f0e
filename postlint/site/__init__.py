"""The whole site: facts of its documents, the index that keeps them, and the questions that site rules ask."""
