"""Replaces a folder with a link and puts it back, as fast as it can, until standard input is closed.

usage: swapper.py FOLDER OUTSIDE USER
"""
import os
import select
import sys

folder, outside, user = sys.argv[1], sys.argv[2], int(sys.argv[3])
os.setgroups([])
os.setresgid(user, user, user)
os.setresuid(user, user, user)
aside, link = folder + ".moved", folder + ".link"
print("ready", flush=True)
count = 0
while count % 64 or not select.select([sys.stdin], [], [], 0)[0]:
    count += 1
    try:
        os.symlink(outside, link)
        os.rename(folder, aside)
        os.rename(link, folder)
        os.unlink(folder)
        os.rename(aside, folder)
    except OSError:
        for name in (link, folder if os.path.islink(folder) else link):
            try:
                os.unlink(name)
            except OSError:
                pass
        if os.path.isdir(aside) and not os.path.lexists(folder):
            try:
                os.rename(aside, folder)
            except OSError:
                pass  # the command has removed it
