package consent

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/internal/canon"
	"github.com/sayround/sayround/ledger"
)

// ErrUnknown: whether the command was recorded is not known. Send it again
// with the same id: it takes effect once.
var ErrUnknown = errors.New("whether the command was recorded is not known; send it again with the same id")

// An Engine runs the decisions of one organisation on one ledger. It is a thin
// shell around [State]: a lock, a clock and a store. It starts nothing by
// itself; the host calls [Engine.Tick] when [Engine.Due] says so. Its methods
// may be called from many goroutines.
type Engine struct {
	config  Config
	methods map[string]*Method

	mu        guard
	state     *State
	fold      sync.Mutex // taken after mu: held while the two trees change, for who reads them without mu
	tree      ledger.Tree
	arrived   ledger.Tree // as it was when nothing was underway to the store
	seen      seen
	unsure    bool          // the last append may or may not have been recorded
	grown     chan struct{} // closed when an entry comes; nil while nobody watches
	buffer    []byte
	batch     [1][]byte
	scratch   Entry           // the entry that was read last
	writing   Entry           // the entry that was written last
	copies    []Event         // the events that were copied last
	names     canon.Names     // texts of the ledger that come again and again
	put       []putOff        // timers that could not fire
	held      bool            // the vault holds whom the ledger says is held by law
	swept     map[Name]uint64 // by class: up to which entry it was looked for words that are old
	namesakes namesakes       // by what names look like

	opening Opening
	saving  sync.Mutex // of the one who saves a snapshot; taken before mu
	saved   uint64     // of how many entries the last one tells
}

// A putOff is a timer that was due and could not fire: its law refused, or came
// to what the table of moves does not have.
type putOff struct {
	timer Timer
	why   error
}

// Open reads the ledger from its first entry, or from a snapshot on
// ([Config].Snapshots), and returns an engine that goes on where it stands. A ledger
// that is damaged or of a newer format is refused.
func Open(ctx context.Context, config Config) (*Engine, error) {
	e := &Engine{config: config.withDefaults()}
	known, err := methods(config.Methods)
	if err != nil {
		return nil, err
	}
	e.methods = known
	e.mu.mend = e.mend
	e.state = e.empty()
	if err := e.start(ctx); err != nil {
		return nil, err
	}
	return e, nil
}

// empty is the state of a ledger without entries.
func (e *Engine) empty() *State {
	kinds := stock()
	for name, make := range e.config.Rules {
		kinds[name] = make
	}
	return &State{kinds: kinds, methods: e.methods}
}

// announce wakes those who watch.
func (e *Engine) announce() {
	if e.grown != nil {
		close(e.grown)
		e.grown = nil
	}
}

// A Receipt says what a command came to.
type Receipt struct {
	ID       string
	Position uint64
	At       time.Time
	Events   []Event
	// Repeated: the command had been recorded before, and nothing was added.
	Repeated bool
	// Next says who must act next on what the command was about, and by when.
	Next []Awaited
}

// A Sending says more about how a command is sent.
type Sending func(*request)

type request struct {
	id    string
	given bool // by who sends it, and not made by the engine
}

// WithID gives a command the id under which it takes effect once, however
// often it is sent.
func WithID(id string) Sending { return func(r *request) { r.id, r.given = id, true } }

// tries is how often a command is decided again because another engine wrote
// first.
const tries = 16

// Do gives a command. It is recorded with all that follows from it, or refused
// with a [circle.Refusal] and nothing has changed.
func (e *Engine) Do(ctx context.Context, by circle.Actor, cmd Command, options ...Sending) (Receipt, error) {
	if err := ctx.Err(); err != nil {
		return Receipt{}, err
	}
	r := e.asked(options)
	cmd = given(cmd)
	if err := e.checked(ctx, by, cmd, r.id); err != nil {
		return Receipt{}, e.orInstead(cmd, err)
	}
	if c, signal := cmd.(RaiseSafeguarding); signal {
		return e.safeguard(ctx, by, c, r)
	}
	receipt, sent, err := e.sends(ctx, by, cmd, r)
	if late := e.land(sent); late != nil {
		return Receipt{}, late
	}
	if receipt.Repeated || reused(err) {
		if _, _, err := e.Find(ctx, r.id); err != nil { // so that nobody is told of what never was
			return Receipt{}, err
		}
	}
	return receipt, err
}

// sends decides a command and gives what comes of it to the store.
func (e *Engine) sends(ctx context.Context, by circle.Actor, cmd Command, r request) (receipt Receipt, sent parcel, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.unsure || e.mu.under.spoiled() {
		err = e.catchUp(ctx)
	}
	if err == nil {
		receipt, err = e.settle(ctx, by, cmd, r)
	}
	return receipt, e.sentWith(err), err
}

// asked is how a command is sent. One that comes without an id gets one.
func (e *Engine) asked(options []Sending) request {
	if len(options) > 0 {
		r := new(request)
		for _, o := range options {
			o(r)
		}
		if r.id != "" {
			return *r
		}
	}
	return request{id: e.config.IDs()}
}

// checked refuses what can be refused without looking at the state.
func (e *Engine) checked(ctx context.Context, by circle.Actor, cmd Command, id string) error {
	if cmd == nil {
		return unknownCommand("")
	}
	if err := soundActor(cmd, by); err != nil {
		return err
	}
	if by.Clock {
		return NotAuthorized.Refuse("who", "nobody", "why", "the clock gives no commands")
	}
	if err := sound(cmd); err != nil {
		return err
	}
	if err := circle.CheckID(id); err != nil {
		return BadField.Refuse("command", cmd.Wire(), "field", "id of the command", "why", err.Error())
	}
	return e.authorized(ctx, by, cmd)
}

// authorized asks the host. What breaks in there means no (S8).
func (e *Engine) authorized(ctx context.Context, by circle.Actor, cmd Command) (err error) {
	if e.config.Authorize == nil {
		return nil
	}
	defer func() {
		if broken := recover(); broken != nil {
			e.config.Logger.Error("authorize panicked", "command", cmd.Wire())
			err = NotAuthorized.Refuse("who", by.By, "why", "it could not be found out whether they may")
		}
	}()
	if no := e.config.Authorize(ctx, by, cmd); no != nil {
		return NotAuthorized.Refuse("who", by.By, "why", no.Error())
	}
	return nil
}

// settle decides and records, again when another engine wrote first. Before a
// refusal is returned it looks whether the ledger has grown.
func (e *Engine) settle(ctx context.Context, by circle.Actor, cmd Command, asked request) (Receipt, error) {
	var err error
	for range tries {
		if r, found, err := e.before(ctx, by, cmd, asked.id); found || err != nil {
			return r, err
		}
		size := e.tree.Size()
		var r Receipt
		if r, err = e.once(ctx, by, cmd, asked); err == nil {
			return r, nil
		}
		if !errors.Is(err, ledger.ErrConflict) && !isRefusal(err) {
			return Receipt{}, err
		}
		if late := e.catchUp(ctx); late != nil {
			return Receipt{}, late
		}
		if isRefusal(err) && e.tree.Size() == size {
			return Receipt{}, err
		}
	}
	return Receipt{}, err
}

// before looks whether the command was recorded already.
func (e *Engine) before(ctx context.Context, by circle.Actor, cmd Command, id string) (Receipt, bool, error) {
	pos, entry, err := e.standing(ctx, id)
	if err != nil || entry == nil {
		return Receipt{}, false, err
	}
	args, err := digestOf(cmd)
	if err != nil {
		return Receipt{}, false, err
	}
	if string(entry.Do) != cmd.Wire() || entry.Actor != recordedAs(cmd, by) || entry.Args != args {
		return Receipt{}, false, CommandReused.Refuse("id", id, "command", entry.Do, "who", entry.Actor.By)
	}
	return Receipt{ID: id, Position: pos, At: entry.At, Events: entry.Events, Repeated: true,
		Next: e.state.next(entry.Events)}, true, nil
}

// standing reads the entry of a command, nil if the ledger has none.
func (e *Engine) standing(ctx context.Context, id string) (uint64, *Entry, error) {
	for pos := range e.seen.find(id) {
		entry, err := e.storedEntry(ctx, pos)
		if err != nil || entry.ID == id {
			return pos, entry, err
		}
	}
	return 0, nil, nil
}

// once fires what is due and then decides and records the command.
func (e *Engine) once(ctx context.Context, by circle.Actor, cmd Command, asked request) (Receipt, error) {
	now, err := e.now()
	if err != nil {
		return Receipt{}, err
	}
	if _, err := e.fire(ctx, now); err != nil {
		return Receipt{}, err
	}
	// The command is decided on as a value of our own, so that sealing its words
	// cannot reach the caller's.
	events, err := e.decide(ctx, by, now, e.withFacts(ctx, by, canon.Own(cmd).(Command)))
	if err != nil {
		return Receipt{}, err
	}
	if err := e.notAlike(ctx, cmd); err != nil {
		return Receipt{}, err
	}
	if c, claims := cmd.(claim); claims {
		if err := c.truly(ctx, e); err != nil {
			return Receipt{}, err
		}
	}
	entry := e.written(now, recordedAs(cmd, by), cmd.Wire(), events, asked.id)
	if asked.given { // an id that the engine made is nobody's to send again
		if entry.Args, err = digestOf(cmd); err != nil {
			return Receipt{}, err
		}
	}
	return e.record(ctx, entry)
}

// written is the entry that is written next. It is good until another one is written.
func (e *Engine) written(at time.Time, by circle.Actor, do string, events []Event, id string) *Entry {
	e.writing = Entry{At: at, Actor: by, Do: Name(do), Events: events, ID: id}
	return &e.writing
}

// digestOf is the digest of a command's control data: 128 bits of SHA-256.
func digestOf(cmd Command) (string, error) {
	if d, ok := cmd.(discreet); ok {
		cmd = d.told()
	}
	var buffer [512]byte
	b, err := canon.AppendControl(buffer[:0], cmd)
	if err != nil {
		return "", BadCommand.Refuse("command", cmd.Wire(), "why", err.Error())
	}
	sum := sha256.Sum256(b)
	return base64.RawURLEncoding.EncodeToString(sum[:16]), nil
}

// now is the time in whole seconds, as the ledger holds it. All deadlines are
// whole seconds too, so nothing fires before its instant. Time does not go back.
func (e *Engine) now() (time.Time, error) {
	now := time.Unix(e.config.Now().Unix(), 0).UTC()
	if now.Before(e.state.latest) {
		return now, ClockBack.Refuse("now", now, "latest", e.state.latest)
	}
	return now, nil
}

// record writes one entry and lets it happen.
func (e *Engine) record(ctx context.Context, entry *Entry) (Receipt, error) {
	pos := e.tree.Size()
	parts, refs, err := seal(entry.Events, entry.ID, entry.Actor, pos, &e.config)
	if err != nil {
		return Receipt{}, err
	}
	entry.Format, entry.Parts, entry.Type, entry.V = Format, refs, actType, 1
	e.buffer, err = encode(e.buffer[:0], entry, pos)
	if err != nil {
		return Receipt{}, fmt.Errorf("the entry cannot be written: %w", err)
	}
	if len(e.buffer) > ledger.MaxEntry {
		return Receipt{}, EntryTooLarge.Refuse("got", len(e.buffer), "most", ledger.MaxEntry)
	}
	kept, err := e.apart(entry.Events, e.buffer)
	if err != nil {
		return Receipt{}, err
	}
	if err := e.append(ctx, pos, parts); err != nil {
		return Receipt{}, err
	}
	e.take(entry.At, entry.ID, kept, e.buffer)
	e.seen.order()
	e.announce()
	return Receipt{ID: entry.ID, Position: pos, At: entry.At, Events: entry.Events, Next: e.state.next(entry.Events)}, nil
}

// fire records what time has brought about by now, each as an entry of its
// own, in the order in which it was due. What cannot fire holds up nobody
// else: it is put off to the next Tick.
func (e *Engine) fire(ctx context.Context, now time.Time) ([]Receipt, error) {
	var out []Receipt
	for {
		t, due, ok := e.state.timers.next()
		if !ok || due.After(now) {
			return out, nil
		}
		events, err := e.fires(ctx, t, due)
		if err != nil {
			e.state.timers.skip()
			e.put = append(e.put, putOff{t, fmt.Errorf("%s of %s, due at %s: %w", t.Kind, t.Of, due.Format(time.RFC3339), err)})
			continue
		}
		r, err := e.record(ctx, e.written(now, circle.Actor{Clock: true}, t.Kind.String(), events, e.config.IDs()))
		if err != nil {
			return out, err
		}
		out = append(out, r)
	}
}

// tryAgain lets the timers that were put off have another try.
func (e *Engine) tryAgain() {
	for _, p := range e.put {
		e.state.timers.again(p.timer)
	}
	e.put = nil
}

// Tick records what time has brought about: missed timers fire once, in order.
// Its error tells also of each timer that could not fire: all others have
// fired, and the next Tick tries these again.
func (e *Engine) Tick(ctx context.Context) ([]Receipt, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	receipts, sent, err := e.ticks(ctx)
	if late := e.land(sent); late != nil {
		return nil, late
	}
	e.snapshotDue(ctx)
	return receipts, err
}

// ticks fires what is due and gives what comes of it to the store.
func (e *Engine) ticks(ctx context.Context) (receipts []Receipt, sent parcel, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	receipts, err = e.firesAll(ctx)
	return receipts, e.sentWith(err), err
}

// firesAll fires what is due, again when another engine wrote first.
func (e *Engine) firesAll(ctx context.Context) ([]Receipt, error) {
	if err := e.catchUp(ctx); err != nil {
		return nil, err
	}
	e.tryAgain()
	var out []Receipt
	for range tries {
		now, err := e.now() // again: who wrote first may have a clock that is ahead
		if err != nil {
			return out, err
		}
		more, err := e.fire(ctx, now)
		out = append(out, more...)
		if !errors.Is(err, ledger.ErrConflict) {
			for _, p := range e.put {
				err = errors.Join(err, p.why)
			}
			e.resumeDue(ctx)
			e.expireDue(ctx, now)
			return out, err
		}
		if err := e.catchUp(ctx); err != nil {
			return out, err
		}
	}
	return out, ledger.ErrConflict
}
