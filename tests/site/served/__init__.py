"""A site as it is served, in processes of its own, with a few pages that let a test see and write from outside."""
