"""in_memory.py PROGRAM [ARGS...]: runs a test whose files and records lie in memory, where there is such a folder: flushing is counted on, not felt."""

import os
import subprocess
import sys
import tempfile

memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
with tempfile.TemporaryDirectory(prefix="schancfg-test-", dir=memory) as folder:
    sys.exit(subprocess.run(sys.argv[1:], env=dict(os.environ, TMPDIR=folder, XDG_STATE_HOME=os.path.join(folder, "state")), check=False).returncode)
