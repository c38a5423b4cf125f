package circle

import (
	"slices"
	"time"
)

// IntentID names what somebody announced to do.
type IntentID string

// Check refuses what cannot be the name of a thing.
func (id IntentID) Check() error { return CheckID(string(id)) }

// Kind says what the id names.
func (id *IntentID) Kind() string { return "intent" }

// An Intent is an act that touches what others decide on, announced to them. If
// none of them objects in time, it is permitted: this act, once, and no other
// (M-150).
type Intent struct {
	ID       IntentID
	By       PersonID
	Act      Text
	Touches  []ItemID
	Circles  []ID // that decide on what it touches
	From     time.Time
	Objected PersonID // who objected first; empty: nobody
	Done     bool
}

// Intent returns what somebody announced to do, nil if there is none.
func (o *Organisation) Intent(id IntentID) *Intent { return o.intents[id] }

// Intents lists what was announced, by name.
func (o *Organisation) Intents() []IntentID { return sortedKeys(o.intents) }

// DecidedBy is the circle that decides on an item: the innermost that holds it;
// "" if none does.
func (o *Organisation) DecidedBy(item ItemID) ID {
	for _, id := range o.Circles() {
		if c := o.circles[id]; !c.Closed && c.Owns(item) && o.HandedTo(c, item) == "" {
			return id
		}
	}
	return ""
}

// AnnounceIntent says that one will act in what others decide on (M-150).
type AnnounceIntent struct {
	ID      IntentID `json:"id"`
	Act     Text     `json:"act"`
	Touches []ItemID `json:"touches"`
}

// ObjectToIntent keeps somebody from an act that they announced. Full
// participants of a circle that decides on what it touches may do it, in time
// (M-150).
type ObjectToIntent struct {
	Intent IntentID `json:"intent"`
	Reason Text     `json:"reason"`
}

// ActOnIntent says that one did what was announced. The permission is used up
// with it.
type ActOnIntent struct {
	Intent IntentID `json:"intent"`
}

// Wire names, one for each command.
func (AnnounceIntent) Wire() string { return "circle.announce-intent" }
func (ObjectToIntent) Wire() string { return "circle.object-to-intent" }
func (ActOnIntent) Wire() string    { return "circle.act-on-intent" }

// intentCommands lists one of each.
func intentCommands() []Command { return []Command{AnnounceIntent{}, ObjectToIntent{}, ActOnIntent{}} }

// IntentAnnounced: somebody announced an act, which is permitted from an instant on
// unless somebody objects before.
type IntentAnnounced struct {
	Intent  IntentID  `json:"intent"`
	By      PersonID  `json:"by"`
	Act     Text      `json:"act" words:"heard"`
	Touches []ItemID  `json:"touches"`
	Circles []ID      `json:"circles"`
	From    time.Time `json:"from"`
}

// IntentObjected: somebody objected in time, and there is no permission.
type IntentObjected struct {
	Intent IntentID `json:"intent"`
	By     PersonID `json:"by"`
	Reason Text     `json:"reason" words:"own"`
}

// IntentDone: somebody did what they had announced.
type IntentDone struct {
	Intent IntentID  `json:"intent"`
	By     PersonID  `json:"by"`
	At     time.Time `json:"at"`
}

// Wire names, one for each event.
func (IntentAnnounced) Wire() string { return "circle.intent-announced" }
func (IntentObjected) Wire() string  { return "circle.intent-objected" }
func (IntentDone) Wire() string      { return "circle.intent-done" }

// intentEvents lists one of each.
func intentEvents() []Event { return []Event{IntentAnnounced{}, IntentObjected{}, IntentDone{}} }

func (e IntentAnnounced) apply(o *Organisation) {
	if o.intents == nil {
		o.intents = map[IntentID]*Intent{}
	}
	o.intents[e.Intent] = &Intent{ID: e.Intent, By: e.By, Act: e.Act, Touches: e.Touches, Circles: e.Circles, From: e.From}
}

func (e IntentObjected) apply(o *Organisation) { o.intents[e.Intent].Objected = e.By }
func (e IntentDone) apply(o *Organisation)     { o.intents[e.Intent].Done = true }

// The refusals about what was announced.
var (
	NobodysItem = &Code{ID: "nobodys-item", Kind: ErrNotKnown, Rule: "M-150", Stands: InEngine,
		Says: "No circle decides on {item}: nobody can be asked about it."}
	NoIntent = &Code{ID: "unknown-intent", Kind: ErrNotKnown, Stands: InEngine,
		Says: "Nobody announced {intent}."}
	NotTouched = &Code{ID: "not-touched", Kind: ErrNotYou, Rule: "M-150", Stands: InEngine,
		Says: "{intent} touches what {circles} decides on; {who} is no full participant there."}
	IntentStopped = &Code{ID: "intent-stopped", Kind: ErrNotNow, Rule: "M-150", Stands: InEngine,
		Says: "{by} objected to {intent}: there is no permission for it. A proposal can change that."}
	IntentWaits = &Code{ID: "intent-waits", Kind: ErrNotNow, Rule: "M-150", Stands: InRules,
		Says: "Those whose domain {intent} touches may object until {from}. It is permitted then, if nobody has."}
	IntentOpen = &Code{ID: "intent-permitted", Kind: ErrNotNow, Rule: "M-150", Stands: InRules,
		Says: "The time to object to {intent} was over at {from}: it is permitted, once."}
	IntentUsed = &Code{ID: "intent-used", Kind: ErrTaken, Rule: "M-150", Stands: InEngine,
		Says: "{intent} was done. The permission was for that one act; announce the next one anew."}
	NotTheirIntent = &Code{ID: "not-their-intent", Kind: ErrNotYou, Rule: "M-150", Stands: InEngine,
		Says: "{by} announced {intent}, and the permission is theirs; not that of {who}."}
)

// intentCodes lists them.
func intentCodes() []*Code {
	return []*Code{NobodysItem, NoIntent, NotTouched, IntentStopped, IntentWaits, IntentOpen, IntentUsed, NotTheirIntent}
}

// The act waits as long as the slowest of the circles that are asked has agreed.
func (c AnnounceIntent) decide(o *Organisation, by Actor, now time.Time, _ Facts) ([]Event, error) {
	if o.intents[c.ID] != nil {
		return nil, TakenID.Refuse("id", c.ID)
	}
	var circles []ID
	var from time.Time
	for i, item := range c.Touches {
		at := o.DecidedBy(item)
		switch {
		case at == "":
			return nil, NobodysItem.Refuse("item", item)
		case slices.Contains(c.Touches[:i], item):
			return nil, TwiceInDomain.Refuse("item", item)
		}
		rules := o.RulesOf(at)
		if until := rules.Consider().After(now); until.After(from) {
			from = until
		}
		if !slices.Contains(circles, at) {
			circles = append(circles, at)
		}
	}
	return []Event{&IntentAnnounced{Intent: c.ID, By: by.By, Act: c.Act, Touches: slices.Clone(c.Touches), Circles: circles, From: from}}, nil
}

// intent returns what was announced, and not done yet.
func (o *Organisation) intent(id IntentID) (*Intent, error) {
	switch i := o.intents[id]; {
	case i == nil:
		return nil, NoIntent.Refuse("intent", id)
	case i.Done:
		return nil, IntentUsed.Refuse("intent", id)
	case i.Objected != "":
		return nil, IntentStopped.Refuse("intent", id, "by", i.Objected)
	default:
		return i, nil
	}
}

func (c ObjectToIntent) decide(o *Organisation, by Actor, now time.Time, _ Facts) ([]Event, error) {
	i, err := o.intent(c.Intent)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(i.Circles, func(id ID) bool { return o.LevelIn(id, by.By) == Full }) {
		return nil, NotTouched.Refuse("intent", c.Intent, "circles", i.Circles, "who", by.By)
	}
	if !now.Before(i.From) {
		return nil, IntentOpen.Refuse("intent", c.Intent, "from", i.From)
	}
	return []Event{&IntentObjected{Intent: c.Intent, By: by.By, Reason: c.Reason}}, nil
}

func (c ActOnIntent) decide(o *Organisation, by Actor, now time.Time, _ Facts) ([]Event, error) {
	i, err := o.intent(c.Intent)
	switch {
	case err != nil:
		return nil, err
	case i.By != by.By:
		return nil, NotTheirIntent.Refuse("by", i.By, "intent", c.Intent, "who", by.By)
	case now.Before(i.From):
		return nil, IntentWaits.Refuse("intent", c.Intent, "from", i.From)
	}
	return []Event{&IntentDone{Intent: c.Intent, By: by.By, At: now}}, nil
}
