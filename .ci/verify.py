"""Checks a ledger that others wrote, with nothing of theirs: Python, and openssl for
the signature. Ends with 0 if all holds, with 1 and the reason if not.

    verify.py export DIR VKEY       checkpoint, entries, tiles and root of an export
    verify.py receipt FILE VKEY     a receipt, with the entry that is in it
"""
import base64, hashlib, os, subprocess, sys, tempfile

class Refused(Exception):
    pass

def need(holds, why):
    if not holds:
        raise Refused(why)

def sha(*parts): return hashlib.sha256(b"".join(parts)).digest()
def leaf(entry): return sha(b"\0", entry)
def both(a, b): return sha(b"\1", a, b)

def unbase64(text):  # one text for one value: what is written otherwise is refused
    try:
        b = base64.b64decode(text, validate=True)
    except ValueError:
        raise Refused("bad base64")
    need(base64.b64encode(b) == text, "base64 of another form")
    return b

def number(text):
    need(text.isdigit() and (text == b"0" or text[:1] != b"0"), "bad number")
    return int(text)

def opened(note, vkey):
    """The size and root of a signed checkpoint (C2SP tlog-checkpoint, signed-note)."""
    name, key_id, key = vkey.encode().split(b"+", 2)
    key = unbase64(key)
    need(key[0] == 1 and sha(name, b"\n", key)[:4].hex().encode() == key_id, "bad key")
    need(b"\n\n" in note and note.endswith(b"\n"), "no signed note")
    text, signatures = note.rsplit(b"\n\n", 1)
    text += b"\n"
    dash = "— ".encode()
    for line in signatures[:-1].split(b"\n"):
        need(line.startswith(dash) and line.count(b" ") == 2, "bad line of a signature")
        by, signature = line[len(dash):].split(b" ")
        signature = unbase64(signature)
        if by == name and signature[:4].hex().encode() == key_id:
            break
    else:
        raise Refused("not signed by this key")
    with tempfile.TemporaryDirectory() as d:
        files = {"key": bytes.fromhex("302a300506032b6570032100") + key[1:], "text": text, "signature": signature[4:]}
        for file, content in files.items():
            with open(os.path.join(d, file), "wb") as f:
                f.write(content)
        need(subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", d + "/key", "-rawin",
                             "-in", d + "/text", "-sigfile", d + "/signature"], capture_output=True).returncode == 0, "the signature is not right")
    lines = text.split(b"\n")
    need(len(lines) == 4 and lines[0] == name, "not a checkpoint of this ledger")
    return number(lines[1]), unbase64(lines[2])

def tile(folder, level, n, width):
    path = "%03d" % (n % 1000)
    while n >= 1000:
        n //= 1000
        path = "x%03d/%s" % (n % 1000, path)
    return os.path.join(folder, "tile", level, path) + ("" if width == 256 else ".p/%d" % width)

def content(path):
    try:
        with open(path, "rb") as f:
            return f.read()
    except OSError:
        raise Refused("%s is missing" % path)

def export(folder, vkey):
    size, root = opened(content(os.path.join(folder, "checkpoint")), vkey)
    hashes = []
    for n in range(0, size, 256):
        bundle, width = content(tile(folder, "entries", n // 256, min(256, size - n))), min(256, size - n)
        for _ in range(width):
            length = int.from_bytes(bundle[:2], "big")
            need(len(bundle) >= 2 + length, "a bundle ends in mid-entry")
            hashes.append(leaf(bundle[2:2 + length]))
            bundle = bundle[2 + length:]
        need(not bundle, "something follows the last entry of a bundle")
    need(tree(hashes) == root, "the entries have another root")
    level = 0
    while hashes:  # each level of tiles holds the roots of 256 of the one below
        for n in range(0, len(hashes), 256):
            some = hashes[n:n + 256]
            need(content(tile(folder, str(level), n // 256, len(some))) == b"".join(some), "a tile of level %d holds other hashes" % level)
        hashes = [tree(hashes[n:n + 256]) for n in range(0, len(hashes) // 256 * 256, 256)]
        level += 1
    return "all %d entries, the tiles and the root %s" % (size, base64.b64encode(root).decode())

def tree(hashes):
    """The root over hashes (RFC 6962, 2.1)."""
    if len(hashes) <= 1:
        return hashes[0] if hashes else sha()
    k = 1
    while 2 * k < len(hashes):
        k *= 2
    return both(tree(hashes[:k]), tree(hashes[k:]))

def receipt(file, vkey):
    """A proof that an entry is in the ledger (C2SP tlog-proof; RFC 9162, 2.1.3.2)."""
    head, note = (content(file).split(b"\n\n", 1) + [b""])[:2]
    size, root = opened(note, vkey)
    form, entry, index, *proof = head.split(b"\n")
    need(form == b"c2sp.org/tlog-proof@v1" and entry.startswith(b"extra ") and index.startswith(b"index "), "not a receipt")
    at, entry = number(index[6:]), unbase64(entry[6:])
    need(at < size, "the entry is behind the checkpoint")
    n, last, hash = at, size - 1, leaf(entry)
    for sibling in map(unbase64, proof):
        need(last > 0, "the proof is too long")
        if n & 1 or n == last:
            hash = both(sibling, hash)
            while not n & 1 and n:
                n, last = n >> 1, last >> 1
        else:
            hash = both(hash, sibling)
        n, last = n >> 1, last >> 1
    need(last == 0 and hash == root, "the proof leads to another root")
    return "entry %d of %d" % (at, size)

if __name__ == "__main__":
    try:
        print({"export": export, "receipt": receipt}[sys.argv[1]](sys.argv[2], sys.argv[3]))
    except Refused as why:
        print("refused:", why)
        sys.exit(1)
