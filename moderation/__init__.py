"""Reports of content and the queue that operators work through."""
