package filestore

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sayround/sayround/ledger"
)

// A diary is what a program did to a store and was told of it.
type diary struct {
	entries, parts         [][]byte // acknowledged; parts by their content
	entriesOpen, partsOpen [][]byte // given to the store, which has not said yes
	signed, signedOpen     string   // the checkpoint that was kept last, and the one given

	signs     bool     // whether commits are signed
	seldom    bool     // whether hardly anybody asks for what was signed
	shown     [][]byte // the checkpoints that somebody may have seen
	shot      string   // the snapshot that was saved last
	shotsOpen []string // those given since
}

// said makes the part that has this content.
func said(content []byte) ledger.Part {
	p := ledger.Part{Of: "c", No: 1, Kind: "k", Content: content}
	copy(p.Salt[:], content)
	return p
}

// An act is an Append of entries, a Put of parts, a checkpoint or snapshot that is kept, or
// several of the first two that are begun together.
type act struct {
	entries, parts []string
	signed         string
	shot           string
	together       []act
}

// plays is what the program of the tests does.
var plays = []act{
	{entries: []string{"first"}},
	{parts: []string{"a reason", "another reason, of some length"}},
	{signed: "a checkpoint"},
	{entries: []string{"second, which is longer than the first", "third", "4"}},
	{shot: "a snapshot"},
	{entries: []string{"fifth"}},
	{parts: []string{""}},
	{shot: "another snapshot, of some length"},
	{signed: "another checkpoint, of some length"},
	{entries: []string{"sixth", "seventh"}},
	{together: []act{{entries: []string{"eighth"}, parts: []string{"why"}}, {entries: []string{"ninth", "10"}}, {entries: []string{"xi"}, parts: []string{"y", "z"}}}},
}

func toBytes(list []string) (all [][]byte) {
	for _, s := range list {
		all = append(all, []byte(s))
	}
	return all
}

// play lets the program run on a store until something fails.
func (d *diary) play(s *Store) error {
	ctx := context.Background()
	if err := d.sign(s); err != nil {
		return err
	}
	for _, a := range plays {
		if a.signed != "" && d.signs {
			if err := d.cosign(s); err != nil {
				return err
			}
			continue
		}
		if err := d.look(s); err != nil {
			return err
		}
		if a.signed != "" {
			d.signedOpen = a.signed
			if err := s.KeepSigned(ctx, []byte(d.signed), []byte(a.signed)); err != nil {
				return err
			}
			d.signed, d.signedOpen = a.signed, ""
			continue
		}
		if a.shot != "" {
			d.shotsOpen = append(d.shotsOpen, a.shot)
			if s.SaveSnapshot(ctx, []byte(a.shot)) == nil { // otherwise it is no harm
				d.shot, d.shotsOpen = a.shot, nil
			}
			continue
		}
		if len(a.together) > 0 {
			if err := d.playTogether(s, a.together); err != nil {
				return err
			}
			continue
		}
		if len(a.entries) > 0 {
			d.entriesOpen = toBytes(a.entries)
			if err := s.Append(ctx, uint64(len(d.entries)), d.entriesOpen); err != nil {
				return err
			}
			d.entries, d.entriesOpen = append(d.entries, d.entriesOpen...), nil
			continue
		}
		d.partsOpen = toBytes(a.parts)
		if err := s.Put(ctx, allSaid(d.partsOpen)); err != nil {
			return err
		}
		d.parts, d.partsOpen = append(d.parts, d.partsOpen...), nil
	}
	return s.Close()
}

// playTogether begins several acts and then waits for them.
func (d *diary) playTogether(s *Store, acts []act) error {
	size := uint64(len(d.entries))
	var begun []ledger.Begun
	for _, a := range acts {
		entries, parts := toBytes(a.entries), toBytes(a.parts)
		b, err := s.Begin(context.Background(), size, allSaid(parts), entries)
		if err != nil {
			return err
		}
		size += uint64(len(entries))
		begun = append(begun, b)
		d.entriesOpen, d.partsOpen = append(d.entriesOpen, entries...), append(d.partsOpen, parts...)
	}
	for _, b := range begun {
		if err := b.Wait(); err != nil {
			return err
		}
	}
	d.entries, d.entriesOpen = append(d.entries, d.entriesOpen...), nil
	d.parts, d.partsOpen = append(d.parts, d.partsOpen...), nil
	return nil
}

func allSaid(contents [][]byte) (parts []ledger.Part) {
	for _, content := range contents {
		parts = append(parts, said(content))
	}
	return parts
}

// compare says how a store differs from the diary: what it was told is there
// must be there, and of what it was not told, all or nothing.
func (d *diary) compare(s *Store) error {
	var got [][]byte
	for e, err := range s.Read(context.Background(), 0) {
		if err != nil {
			return err
		}
		got = append(got, []byte(string(e)))
	}
	both := append(d.entries[:len(d.entries):len(d.entries)], d.entriesOpen...)
	if len(got) != len(d.entries) && len(got) != len(both) {
		return fmt.Errorf("%d entries, where %d were acknowledged and %d more given", len(got), len(d.entries), len(d.entriesOpen))
	}
	for i, e := range got {
		if string(e) != string(both[i]) {
			return fmt.Errorf("entry %d is %q, where it was %q", i, e, both[i])
		}
	}
	if d.signs {
		return errors.Join(d.compareSigned(s, got), d.compareParts(s))
	}
	kept, err := s.LastSigned(context.Background())
	if err != nil || string(kept) != d.signed && (d.signedOpen == "" || string(kept) != d.signedOpen) {
		return fmt.Errorf("%q is kept (%w), where %q was acknowledged and %q given", kept, err, d.signed, d.signedOpen)
	}
	shot, err := s.LastSnapshot(context.Background())
	if err != nil || string(shot) != d.shot && !slices.Contains(d.shotsOpen, string(shot)) {
		return fmt.Errorf("the snapshot is %q (%w), where %q was acknowledged and %q given", shot, err, d.shot, d.shotsOpen)
	}
	return d.compareParts(s)
}

func (d *diary) compareParts(s *Store) error {
	for _, content := range d.parts {
		if p, err := s.Get(context.Background(), said(content).Commitment()); err != nil || !p.Equal(said(content)) {
			return fmt.Errorf("part %q is %v (%w)", content, p, err)
		}
	}
	there := 0
	for _, content := range d.partsOpen {
		p, err := s.Get(context.Background(), said(content).Commitment())
		switch {
		case err == nil && p.Equal(said(content)):
			there++
		case !errors.Is(err, ledger.ErrNoPart):
			return fmt.Errorf("part %q, not acknowledged, is %v (%w)", content, p, err)
		}
	}
	if there != 0 && there != len(d.partsOpen) {
		return fmt.Errorf("%d of %d parts of one put", there, len(d.partsOpen))
	}
	return nil
}

// goOn wants a store to be what the diary says, to stay so when the power goes
// once more, to take one more entry, and to have that whatever comes.
func (d *diary) goOn(disk *simDisk) error {
	s, err := disk.reopen()
	if err != nil {
		return fmt.Errorf("opening: %w", err)
	}
	if err := d.compare(s); err != nil {
		return err
	}
	size := s.entries.end.count
	if err := d.sign(s); err != nil {
		return fmt.Errorf("signing again: %w", err)
	}
	if err := wants(disk.survivors(loseAll, nil), size, Repair{}); err != nil {
		return fmt.Errorf("what was seen is lost: %w", err)
	}
	if err := s.Append(context.Background(), size, [][]byte{[]byte("one more")}); err != nil {
		return err
	}
	if err := wants(disk.survivors(loseAll, nil), size+1, Repair{}); err != nil {
		return fmt.Errorf("what was appended after recovery is lost: %w", err)
	}
	if err := d.showsAll(s); err != nil {
		return err
	}
	if err := d.holdsSigned(disk.survivors(loseAll, nil), size+1); err != nil {
		return fmt.Errorf("what was signed after recovery: %w", err)
	}
	if err := s.Close(); err != nil {
		return err
	}
	return wants(disk, size+1, Repair{})
}

// wants opens a disk and wants so many entries, and such a repair.
func wants(disk *simDisk, size uint64, repaired Repair) error {
	s, err := disk.reopen()
	if err != nil {
		return fmt.Errorf("opening: %w", err)
	}
	if s.entries.end.count != size || s.repaired != repaired {
		return fmt.Errorf("%d entries and %+v, where %d and %+v should be", s.entries.end.count, s.repaired, size, repaired)
	}
	return nil
}

// run lets the program run until the power is cut after some steps. It returns
// false if the program came to its end before.
func (d *diary) run(disk *simDisk, steps int) bool {
	disk.steps = steps
	s, err := disk.reopen()
	if err == nil {
		err = d.play(s)
	}
	return err != nil
}

// TestPowerCutAtEveryStep cuts the power at every byte written, every sync,
// truncation, creation and renaming, from the founding of the ledger to its
// closing; for each it tries everything that may be left on the disk; and in
// opening what is left it cuts the power again. Nothing that was acknowledged
// may be lost, and nothing be there but the one write in flight.
func TestPowerCutAtEveryStep(t *testing.T) {
	require.Greater(t, cutPower(t, 1, diary{}, func() *simDisk { return newSimDisk() }), 5000)
}

// The same with an index that is kept of every few bytes, at some of the steps.
func TestPowerCutWithAnIndex(t *testing.T) {
	require.Greater(t, cutPower(t, 13, diary{}, func() *simDisk {
		disk := newSimDisk()
		disk.indexed = 50
		return disk
	}), 500)
}

// cutPower cuts the power at every step, or every so many, on new disks.
func cutPower(t *testing.T, every int, begin diary, newDisk func() *simDisk) int {
	points, again := 0, 0
	for steps := 0; ; steps += every {
		d := begin
		disk := newDisk()
		if !d.run(disk, steps) {
			break
		}
		d.lookBeside(disk)
		tries := 1
		if disk.cutAt == "sync" {
			tries = wholeWrites
		}
		for how := range losses * loss(tries) {
			points++
			r := rand.New(rand.NewPCG(uint64(steps), uint64(how)))
			left := disk.survivors(how%losses, r)
			require.NoError(t, d.goOn(left.copy()), "power cut after %d steps, loss %d", steps, how)
			again += d.cutRecovery(t, left, r, fmt.Sprintf("after %d steps, loss %d", steps, how))
		}
	}
	t.Logf("%d power cuts, and %d more while recovering", points, again)
	return points
}

// cutRecovery cuts the power at the steps of opening a disk.
func (d *diary) cutRecovery(t *testing.T, left *simDisk, r *rand.Rand, where string) (points int) {
	for steps := 0; ; steps += 1 + r.IntN(recoveryStride) {
		disk := left.copy()
		disk.steps = steps
		if _, err := disk.reopen(); err == nil {
			return points
		}
		points++
		how := loss(r.IntN(int(losses)))
		require.NoError(t, d.goOn(disk.survivors(how, r)),
			"power cut %s, then after %d steps of recovery, loss %d", where, steps, how)
	}
}

// wholeWrites is how often it is tried what may be left of a write that was
// whole but not synced: for those there is only one place to cut.
const wholeWrites = 30
