package consent

import (
	"context"
	"crypto/rand"
	"log/slog"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/ledger"
)

// Config says with what an engine works. The zero value is an engine in
// memory, for trying things out.
type Config struct {
	// Store holds the entries. Nil: a ledger.Memory.
	Store ledger.Store
	// Vault holds what people said. Nil: the store, if it is a vault too,
	// otherwise memory.
	Vault ledger.Vault
	// Now is the clock. Nil: the system's.
	Now func() time.Time
	// IDs makes ids for commands that come without one, and the seeds of lots: so
	// nobody should be able to foresee them. Nil: random UUIDs.
	IDs func() string
	// Salt makes the salts of content parts. Nil: 32 random bytes. Only tests
	// have a reason to set it: a salt that can be guessed hides nothing.
	Salt func() [32]byte
	// Authorize may refuse anything, by an error whose text a member
	// understands. A panic refuses too. Nil: the engine's own law is enough.
	Authorize func(ctx context.Context, by circle.Actor, cmd Command) error
	// Unrelated says whether two people who sign an appeal are unrelated, as the
	// organisation means it (EC-51). Nil: the command says who is related.
	Unrelated func(ctx context.Context, a, b circle.PersonID) bool
	// Safeguard takes the words of a safeguarding signal, about somebody who may be in
	// danger, to those who act on it (CP-22): before anything is recorded, and nothing
	// of the words is. It may take its time, and nobody else waits for it; it ends
	// when the context does. An error or a panic means that it has not taken them, and
	// whoever raised the signal is told what to do instead. Nil: so is everybody.
	Safeguard func(ctx context.Context, signal SafeguardingSignal) error
	// Rules are voting rules beside consent: those of package consent/rule, and the
	// host's own.
	Rules Kinds
	// Methods are the host's own methods, beside the presets. A circle names the
	// one it decides by in its rules.
	Methods []Method
	// Retention says how long words are kept, by the field in which they stand. When
	// that is over a Tick erases them, and puts on record how many (CP-23); the vault
	// must be a [ledger.Forgetter]. Nil: until somebody asks that they are erased.
	Retention []Retention
	// Snapshots keeps snapshots of all that the engine knows, so that opening need not
	// read the ledger from its first entry: often the store itself. A snapshot is never
	// truth: one that is damaged, was made by another version of the program, or is not
	// of the entries that the store holds is passed over ([Engine.Opening] says why).
	// Nil: none is saved and none is believed.
	Snapshots ledger.Snapshotter
	// SnapshotKey seals snapshots, so that nobody can make one who does not have it: 32
	// bytes drawn by chance, kept where the snapshots are not. Nil: a snapshot is safe
	// from accidents only. Whoever can then write where it lies can make the engine
	// decide on what the ledger does not tell, until [Engine.Verify] is asked.
	SnapshotKey []byte
	// SnapshotEvery is after how many entries a Tick saves a snapshot. 0: only
	// [Engine.Snapshot] does.
	SnapshotEvery uint64
	// Key signs that a command was refused ([Engine.SignRefusal]). Checkpoints are
	// signed by a [ledger.Signer]. Nil: nothing is signed.
	Key note.Signer
	// Logger gets what operators should see: never what people said. Nil is
	// silent.
	Logger *slog.Logger
}

func (c Config) withDefaults() Config {
	if c.Store == nil {
		c.Store = &ledger.Memory{}
	}
	if c.Vault == nil {
		v, ok := c.Store.(ledger.Vault)
		if !ok {
			v = &ledger.Memory{}
		}
		c.Vault = v
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.IDs == nil {
		c.IDs = newIDMaker(rand.Reader).next
	}
	if c.Salt == nil {
		c.Salt = randomSalt
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	return c
}

func randomSalt() (salt [32]byte) {
	rand.Read(salt[:]) // never fails, see crypto/rand
	return salt
}
