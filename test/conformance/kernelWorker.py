#!/usr/bin/env python3
"""Runs overlay cases on the real kernel: one JSON case per line in, one JSON answer per line out.

Usage: kernelWorker.py SCRATCH   (root; SCRATCH on a file system that can hold an overlay's upper)

A case is {"layers": [[entry, ...], ...], "ops": [...], "upperBytes": int, "quiet": bool}. The answer has
the fields of the golden format. With "upperBytes" the upper directory is on a tmpfs of that size. With "quiet" nothing looks at the tree between operations, so that the kernel's
caches are only what the operations themselves made; then "copiedUp" is left out.
An answer {"broken": "..."} means that the case could not be set up.
"""
import ctypes
import errno
import hashlib
import json
import os
import shutil
import stat
import sys

libc = ctypes.CDLL(None, use_errno=True)
SCRATCH = sys.argv[1]
LAYER_TIME = 1_000_000_000
KINDS = {
    stat.S_IFREG: 'file', stat.S_IFDIR: 'dir', stat.S_IFLNK: 'symlink',
    stat.S_IFIFO: 'fifo', stat.S_IFCHR: 'char', stat.S_IFSOCK: 'socket', stat.S_IFBLK: 'block',
}
OPENERS = {
    'append': os.O_WRONLY | os.O_APPEND, 'write': os.O_WRONLY, 'openrw': os.O_RDWR,
    'opentrunc': os.O_WRONLY | os.O_TRUNC, 'put': os.O_WRONLY | os.O_CREAT | os.O_TRUNC,
    'create': os.O_WRONLY | os.O_CREAT | os.O_EXCL,
}


def filler(size):
    turn = bytes(range(0x61, 0x61 + 23))
    return (turn * (size // 23 + 1))[:size]


def data_of(op):
    return op['data'].encode() if 'data' in op else filler(op.get('size', 0))


def checked(result):
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def mount(options, target):
    checked(libc.mount(b'overlay', target.encode(), b'overlay', 0, options.encode()))


def unmount(target):
    checked(libc.umount2(target.encode(), 0))


def mount_tmpfs(target, size):
    checked(libc.mount(b'tmpfs', target.encode(), b'tmpfs', 0, f'size={size},mode=0755'.encode()))


def build_layer(root, entries):
    os.mkdir(root)
    for entry in entries:
        place = root + entry['path']
        kind = entry['type']
        if kind == 'hardlink':
            os.link(root + entry['target'], place, follow_symlinks=False)
            continue
        if kind == 'whiteout':
            os.mknod(place, stat.S_IFCHR, 0)
            continue
        if kind == 'dir' and not os.path.isdir(place):
            os.mkdir(place)
        elif kind == 'file':
            with open(place, 'xb') as file:
                if entry.get('sparse'):
                    file.truncate(entry['size'])
                else:
                    file.write(entry['content'].encode() if 'content' in entry
                               else filler(entry.get('size', 0)))
        elif kind == 'symlink':
            os.symlink(entry['target'], place)
        elif kind == 'fifo':
            os.mkfifo(place)
        os.lchown(place, entry.get('uid', 0), entry.get('gid', 0))
        if kind != 'symlink':
            os.chmod(place, int(entry.get('mode', '0755' if kind == 'dir' else '0644'), 8))
        for name, value in entry.get('xattrs', {}).items():
            os.setxattr(place, name, value.encode(), follow_symlinks=False)
        if entry.get('opaque'):
            os.setxattr(place, 'trusted.overlay.opaque', b'y')
    for directory, _, _ in os.walk(root, topdown=False):
        for name in os.listdir(directory):
            os.utime(f'{directory}/{name}', (LAYER_TIME, LAYER_TIME), follow_symlinks=False)
    os.utime(root, (LAYER_TIME, LAYER_TIME))


def is_whiteout(info):
    return stat.S_ISCHR(info.st_mode) and info.st_rdev == 0


def describe(place, path, upper):
    info = os.lstat(place)
    kind = KINDS[stat.S_IFMT(info.st_mode)]
    if upper and is_whiteout(info):
        return {'path': path, 'type': 'whiteout'}, info
    entry = {'path': path, 'type': kind, 'mode': '%04o' % stat.S_IMODE(info.st_mode),
             'uid': info.st_uid, 'gid': info.st_gid}
    if not (upper and kind == 'dir'):
        entry['nlink'] = info.st_nlink
    if kind == 'file':
        entry['size'] = info.st_size
        with open(place, 'rb') as file:
            entry['sha256'] = hashlib.file_digest(file, 'sha256').hexdigest()
    if kind == 'symlink':
        entry['target'] = os.readlink(place)
        entry['size'] = info.st_size
    if info.st_mtime < 1_500_000_000:
        entry['mtime'] = int(info.st_mtime)
    names = sorted(os.listxattr(place, follow_symlinks=False))
    if upper:
        own = [name[len('trusted.overlay.'):] for name in names
               if name.startswith('trusted.overlay.')]
        if 'opaque' in own:
            entry['opaque'] = True
        if own:
            entry['overlayXattrs'] = own
    user = {name: os.getxattr(place, name, follow_symlinks=False).decode('latin1')
            for name in names if name.startswith('user.')}
    if user:
        entry['xattrs'] = user
    return entry, info


def dump(root, upper=False):
    entries, groups = [], {}

    def visit(place, path):
        for name in sorted(os.listdir(place)):
            below, shown = f'{place}/{name}', f'{path}/{name}'
            try:
                entry, info = describe(below, shown, upper)
            except FileNotFoundError:
                entries.append({'path': shown, 'type': 'ghost'})
                continue
            entries.append(entry)
            if entry['type'] == 'dir':
                visit(below, shown)
            elif entry['type'] != 'whiteout':
                groups.setdefault((info.st_dev, info.st_ino), []).append(shown)

    visit(root, '')
    return entries, sorted(group for group in groups.values() if len(group) > 1)


def scan(root):
    """Path to kind and size; what cannot be looked at is left out."""
    found = {}
    for directory, directories, files in os.walk(root):
        for name in directories + files:
            place = f'{directory}/{name}'
            try:
                info = os.lstat(place)
            except FileNotFoundError:
                continue
            kind = 'whiteout' if is_whiteout(info) else KINDS[stat.S_IFMT(info.st_mode)]
            found[place[len(root):]] = (kind, info.st_size)
    return found


def is_endless(fd):
    """/dev/zero, /dev/full and the random ones never come to an end."""
    info = os.fstat(fd)
    numbers = (os.major(info.st_rdev), os.minor(info.st_rdev))
    return stat.S_ISCHR(info.st_mode) and numbers in ((1, 5), (1, 7), (1, 8), (1, 9))


def read_whole(fd):
    """All bytes; of an endless device none, as a read of no length gives."""
    digest, size = hashlib.sha256(), 0
    while not is_endless(fd) and (part := os.pread(fd, 1 << 20, size)):
        size += len(part)
        digest.update(part)
    return {'size': size, 'sha256': digest.hexdigest()}


def rename_with(op, flags):
    checked(libc.renameat2(-100, op['from'].encode(), -100, op['to'].encode(), flags))
    return {}


def writing(op, kind):
    fd = os.open(op['path'], OPENERS[kind] | os.O_NONBLOCK, int(op.get('mode', '0644'), 8))
    try:
        data = data_of(op)
        if kind == 'write':
            os.pwrite(fd, data, op.get('offset', 0))
        elif kind in ('append', 'put', 'create') and data:
            os.write(fd, data)
    finally:
        os.close(fd)
    return {}


def show_stat(path):
    info = os.lstat(path)
    shown = {'type': KINDS[stat.S_IFMT(info.st_mode)],
             'mode': '%04o' % stat.S_IMODE(info.st_mode), 'nlink': info.st_nlink}
    if shown['type'] in ('file', 'symlink'):
        shown['size'] = info.st_size
    return shown


def on_descriptor(op, fds):
    kind = op['op']
    if op['fd'] not in fds:
        raise OSError(errno.EBADF, '')
    fd = fds[op['fd']]
    if kind == 'fdread':
        return read_whole(fd)
    if kind == 'fdwrite':
        os.pwrite(fd, data_of(op), op.get('offset', 0))
    elif kind == 'fdstat':
        info = os.fstat(fd)
        return {'size': info.st_size, 'nlink': info.st_nlink,
                'mode': '%04o' % stat.S_IMODE(info.st_mode)}
    elif kind == 'ftruncate':
        os.ftruncate(fd, op['size'])
    elif kind == 'fchmod':
        os.fchmod(fd, int(op['mode'], 8))
    else:
        os.close(fds.pop(op['fd']))
    return {}


def perform(op, fds):
    kind, path = op['op'], op.get('path')
    if 'fd' in op and kind != 'open':
        return on_descriptor(op, fds)
    if kind in OPENERS:
        return writing(op, kind)
    if kind == 'open':
        flags = os.O_NONBLOCK
        for name in op['flags']:
            flags |= getattr(os, name)
        fds[op['fd']] = os.open(path, flags, 0o644)
    elif kind == 'read':
        fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        try:
            return read_whole(fd)
        finally:
            os.close(fd)
    elif kind == 'readdir':
        return {'names': sorted(os.listdir(path))}
    elif kind == 'stat':
        return show_stat(path)
    elif kind == 'readlink':
        return {'target': os.readlink(path)}
    elif kind == 'truncate':
        os.truncate(path, op['size'])
    elif kind == 'chmod':
        os.chmod(path, int(op['mode'], 8))
    elif kind == 'chown':
        os.lchown(path, op['uid'], op['gid'])
    elif kind == 'utimes':
        os.utime(path, (op['mtime'], op['mtime']), follow_symlinks=False)
    elif kind == 'setxattr':
        os.setxattr(path, op['name'], op['value'].encode(), follow_symlinks=False)
    elif kind == 'removexattr':
        os.removexattr(path, op['name'], follow_symlinks=False)
    elif kind == 'getxattr':
        return {'value': os.getxattr(path, op['name'], follow_symlinks=False).decode()}
    elif kind == 'mkdir':
        os.mkdir(path, int(op.get('mode', '0755'), 8))
    elif kind == 'rmdir':
        os.rmdir(path)
    elif kind == 'unlink':
        os.unlink(path)
    elif kind == 'symlink':
        os.symlink(op['target'], path)
    elif kind == 'mkfifo':
        os.mkfifo(path, int(op.get('mode', '0644'), 8))
    elif kind == 'mknod':
        os.mknod(path, stat.S_IFCHR | int(op.get('mode', '0600'), 8),
                 os.makedev(op['major'], op['minor']))
    elif kind == 'rename':
        os.rename(op['from'], op['to'])
    elif kind == 'noreplace':
        return rename_with(op, 1)
    elif kind == 'exchange':
        return rename_with(op, 2)
    elif kind == 'link':
        os.link(op['from'], op['to'], follow_symlinks=False)
    else:
        raise ValueError(kind)
    return {}


def child_loop(merged, requests, answers):
    os.umask(0)
    os.chdir(merged)
    os.chroot('.')
    fds = {}
    for line in requests:
        try:
            answer = {'ok': True, **perform(json.loads(line), fds)}
        except OSError as error:
            answer = {'errno': errno.errorcode[error.errno]}
        answers.write(json.dumps(answer) + '\n')
        answers.flush()


class Child:
    """A process in the merged view that does one system call sequence per line."""

    def __init__(self, merged):
        request_read, request_write = os.pipe()
        answer_read, answer_write = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(request_write)
            os.close(answer_read)
            try:
                child_loop(merged, os.fdopen(request_read), os.fdopen(answer_write, 'w'))
            finally:
                os._exit(0)
        os.close(request_read)
        os.close(answer_write)
        self.requests = os.fdopen(request_write, 'w')
        self.answers = os.fdopen(answer_read)

    def ask(self, op):
        self.requests.write(json.dumps(op) + '\n')
        self.requests.flush()
        return json.loads(self.answers.readline())

    def close(self):
        self.requests.close()
        self.answers.close()
        os.waitpid(self.pid, 0)


def copied_by(op, index, result, upper_before, upper_after, merged_before, merged):
    """Names new in the upper that the merged view had before; and a moved lower source."""
    present = lambda upper, path: path in upper and upper[path][0] != 'whiteout'
    renames = op['op'] in ('rename', 'noreplace') and 'ok' in result
    paths = [path for path in sorted(upper_after)
             if present(upper_after, path) and not present(upper_before, path)
             and path in merged_before and not (renames and path == op['to'])]
    if renames:
        source = os.path.normpath(op['from'])
        moved = (source in merged_before and not present(upper_before, source)
                 and merged_before[source][0] != 'dir' and source not in paths
                 and os.path.normpath(op['to']) != source)
        if moved and not os.path.lexists(merged + source):
            paths.append(source)
    truncates = op['op'] in ('opentrunc', 'put') or 'O_TRUNC' in op.get('flags', ())
    copied = []
    for path in paths:
        kind, size = merged_before[path]
        copied.append({'op': index, 'path': path, 'type': kind,
                       'bytes': size if kind == 'file' and not truncates else 0})
    return copied


def run(case):
    root = f'{SCRATCH}/case'
    shutil.rmtree(root, ignore_errors=True)
    os.mkdir(root)
    os.mkdir(f'{root}/top')
    if 'upperBytes' not in case:
        return run_in(root, case)
    mount_tmpfs(f'{root}/top', case['upperBytes'])
    try:
        return run_in(root, case)
    finally:
        unmount(f'{root}/top')


def run_in(root, case):
    for index, entries in enumerate(case['layers']):
        build_layer(f'{root}/l{index}', entries)
    for name in ('top/u', 'top/w', 'm'):
        os.mkdir(f'{root}/{name}')
    upper, merged = f'{root}/top/u', f'{root}/m'
    lower = ':'.join(f'{root}/l{index}' for index in reversed(range(len(case['layers']))))
    options = f'lowerdir={lower},upperdir={upper},workdir={root}/top/w'
    quiet = case.get('quiet', False)
    answer = {'results': []}
    if quiet:
        mount(options, merged)
        answer['mergedBefore'], _ = dump(merged)
        unmount(merged)
    mount(options, merged)
    try:
        if not quiet:
            answer['mergedBefore'], _ = dump(merged)
        child = Child(merged)
        copied = []
        for index, op in enumerate(case['ops']):
            if not quiet:
                upper_before, merged_before = scan(upper), scan(merged)
            result = child.ask(op)
            answer['results'].append(result)
            if not quiet:
                copied += copied_by(op, index, result, upper_before, scan(upper), merged_before,
                                    merged)
        child.close()
        answer['merged'], answer['hardlinks'] = dump(merged)
        answer['upper'], answer['upperHardlinks'] = dump(upper, True)
        if not quiet:
            answer['copiedUp'] = copied
            answer['copiedUpBytes'] = sum(entry['bytes'] for entry in copied)
    finally:
        unmount(merged)
    mount(options, merged)
    try:
        again, links = dump(merged)
    finally:
        unmount(merged)
    if again != answer['merged'] or links != answer['hardlinks']:
        answer['mergedAfterRemount'] = again
        answer['hardlinksAfterRemount'] = links
    return answer


def main():
    for line in sys.stdin:
        try:
            answer = run(json.loads(line))
        except Exception as error:  # the other side decides what to do with it
            answer = {'broken': f'{type(error).__name__}: {error}'}
        sys.stdout.write(json.dumps(answer) + '\n')
        sys.stdout.flush()


main()
