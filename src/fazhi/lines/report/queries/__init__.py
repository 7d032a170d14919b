"""Reading reports: tokens in their text, the figures tokens stand for, the text as it reads now, and its proof."""
