//go:build linux

package lossy_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/ledger"
	"github.com/sayround/sayround/ledger/filestore"
	"github.com/sayround/sayround/ledger/vault"
	"github.com/sayround/sayround/proposal"
)

// The program under test is this test binary, started with these in its environment.
const (
	inFolder = "SAYROUND_LOSSY_FOLDER" // where its ledger lies
	inLife   = "SAYROUND_LOSSY_LIFE"   // a name for this run of it
	withKey  = "SAYROUND_LOSSY_KEY"    // what it signs checkpoints with
	looking  = "SAYROUND_LOSSY_LOOKS"  // it tells what there is, and changes nothing
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(inFolder); dir != "" {
		if err := run(dir, os.Getenv(inLife), os.Getenv(withKey)); err != nil {
			say("failed %v", err)
		}
		return
	}
	os.Exit(m.Run())
}

// The program is a co-operative whose members say what they need, all at once. One of
// them, the guest, wants everything forgotten that they said, again and again.
const (
	den     circle.ID       = "den"
	guest   circle.PersonID = "guest"
	members                 = 6
	origin                  = "lossy.example/ledger"
	pause                   = 5 // the guest says so much, and then wants it forgotten
)

// A program is one run of it.
type program struct {
	dir, life string
	store     *filestore.Store
	engine    *consent.Engine
	signer    *ledger.Signer
}

// telling is held while a line is told: what is on a line is true when it is told.
var telling sync.Mutex

// say tells the driver something.
func say(format string, args ...any) {
	telling.Lock()
	defer telling.Unlock()
	fmt.Printf(format+"\n", args...)
}

// run opens the ledger, tells what is in it, and goes on with it until it is killed.
func run(dir, life, key string) error {
	ctx := context.Background()
	p := &program{dir: dir, life: life}
	if err := p.open(ctx, key); err != nil {
		return err
	}
	if err := p.tell(ctx); err != nil {
		return err
	}
	if os.Getenv(looking) != "" {
		say("ready")
		time.Sleep(time.Hour)
	}
	if size, _ := p.engine.Head(); size < 2*(members+1)+1 {
		if err := p.found(ctx); err != nil {
			return err
		}
	}
	say("ready")
	failed := make(chan error)
	for i := range members {
		go func() { failed <- p.speak(ctx, circle.PersonID(fmt.Sprintf("m%d", i)), i == 0) }()
	}
	go func() { failed <- p.visit(ctx) }()
	return <-failed
}

func (p *program) open(ctx context.Context, key string) error {
	keeper, err := vault.OpenKeeper(filepath.Join(p.dir, "keeper"))
	if err != nil {
		return err
	}
	if p.store, err = filestore.Open(filepath.Join(p.dir, "ledger")); err != nil {
		return err
	}
	words, err := vault.Open(ctx, filepath.Join(p.dir, "words"), vault.Config{Keeper: keeper, Origin: origin})
	if err != nil {
		return err
	}
	if p.engine, err = consent.Open(ctx, consent.Config{Store: p.store, Vault: words}); err != nil {
		return err
	}
	if err := p.engine.ResumeErasures(ctx); err != nil {
		return err
	}
	signing, err := ledger.NewSigner(key)
	if err != nil {
		return err
	}
	p.signer, err = ledger.NewSignerOf(origin, p.store, nil, signing)
	return err
}

// tell says of each entry, in their order, what it does, of which command it is, its
// hash, and its words; and that all of it verifies.
func (p *program) tell(ctx context.Context) error {
	if _, err := p.engine.Verify(ctx); err != nil {
		return err
	}
	for r, err := range p.engine.Entries(ctx, 0) {
		if err != nil {
			return err
		}
		leaf, err := p.engine.Leaf(ctx, r.Position)
		if err != nil {
			return err
		}
		var words []string
		for no := range r.Entry.Parts {
			var text circle.Text
			text.Bind(r.Position, no+1)
			switch said, err := p.engine.Words(ctx, text); {
			case err == nil:
				words = append(words, said)
			case errors.Is(err, consent.ErrErased):
				words = append(words, "(erased)")
			default:
				return fmt.Errorf("the words of entry %d: %w", r.Position, err)
			}
		}
		say("has %s %s %s %s", r.Entry.Do, r.Entry.ID, leaf, strings.Join(words, " "))
	}
	return p.sign(ctx)
}

// found founds the circle, or brings its founding to its end.
func (p *program) found(ctx context.Context) error {
	list := []consent.Command{circle.Found{ID: den, Aim: circle.Say("words of found-0")}}
	for _, who := range append(people(), guest) {
		list = append(list, circle.Admit{ID: who}, circle.Join{Circle: den, Person: who, Level: circle.Full})
	}
	for i, cmd := range list {
		if err := p.do(ctx, "host", cmd, fmt.Sprintf("found-%d", i)); err != nil {
			return err
		}
	}
	return nil
}

func people() (out []circle.PersonID) {
	for i := range members {
		out = append(out, circle.PersonID(fmt.Sprintf("m%d", i)))
	}
	return out
}

// do gives a command, and acknowledges it when the engine has.
func (p *program) do(ctx context.Context, by circle.PersonID, cmd consent.Command, id string) error {
	got, err := p.engine.Do(ctx, circle.Actor{By: by}, cmd, consent.WithID(id))
	if err != nil {
		return err
	}
	say("ack %d %s", got.Position, id)
	return nil
}

// speak says one thing after another, for ever.
func (p *program) speak(ctx context.Context, who circle.PersonID, signs bool) error {
	for n := 0; ; n++ {
		if err := p.need(ctx, who, n); err != nil {
			return err
		}
		if signs && n%20 == 19 {
			if err := p.sign(ctx); err != nil {
				return err
			}
		}
	}
}

func (p *program) need(ctx context.Context, who circle.PersonID, n int) error {
	id := fmt.Sprintf("%s-%s-%d", p.life, who, n)
	return p.do(ctx, who, proposal.OpenNeed{ID: proposal.NeedID(id), Circle: den, Text: circle.Say("words of " + id)}, id)
}

// visit says some things as the guest and has them forgotten, for ever.
func (p *program) visit(ctx context.Context) error {
	for n := 0; ; n++ {
		if err := p.need(ctx, guest, n); err != nil {
			return err
		}
		if n%pause != pause-1 {
			continue
		}
		say("forgetting")
		if _, err := p.engine.Erase(ctx, circle.Actor{By: guest}, consent.Erasure{Person: guest, Ground: consent.GroundRequest}); err != nil {
			return err
		}
		say("forgotten")
	}
}

// sign signs a checkpoint, and shows it.
func (p *program) sign(ctx context.Context) error {
	size, root := p.engine.Head()
	if size == 0 {
		return nil
	}
	if _, err := p.signer.SignStore(ctx, p.store, size); err != nil {
		return err
	}
	say("signed %d %s", size, root)
	return nil
}
