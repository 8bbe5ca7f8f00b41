"""What was there before: the before-image of every path that a plan touches, on disk before the first write.

`before_playbook()` writes the play that looks and fetches; `BeforeImage` says what it found. Contents that could
hold a secret are not fetched: of them only their checksum, owner and mode are kept, and the image says so.
"""

from fazai.memory.before import BeforeImage, PathBefore, before_playbook, image_of, touched_paths

__all__ = ["BeforeImage", "PathBefore", "before_playbook", "image_of", "touched_paths"]
