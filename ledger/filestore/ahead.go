package filestore

// A sync of a file that has grown writes more than its bytes: the system must note
// its new size and where the bytes lie. So a journal grows by zeros, written ahead
// in steps, and a write into them, with its sync, costs the disk the bytes alone. A
// zero is no beginning of a frame, which is never empty.

// A stride says by how much a journal grows: by as much as it has, so that a small
// one stays small, and no less and no more than this.
type stride struct{ least, most int64 }

// strides are those of a file of an operating system.
var strides = stride{64 << 10, 16 << 20}

// zeros are written ahead piece by piece, and looked for.
var zeros [maxWindow]byte

// writeAhead puts zeros behind the write that ends at end, where the file ends too.
func (j *journal) writeAhead(end int64) error {
	room := end + min(max(end, j.grow.least), j.grow.most)
	for at := end; at < room; {
		n, err := j.f.WriteAt(zeros[:min(int64(len(zeros)), room-at)], at)
		if err != nil {
			return err
		}
		at += int64(n)
	}
	j.room = room
	return nil
}
