package consent

// A Question is what must be known of one that was put when its round is gone.
type Question struct {
	Version int
	Seats   []Seat
}

// question is the question as it was put last; its zero value: it was not put, or
// the method does not come back to it.
func (p *Process) question() Question {
	switch r := p.round(); {
	case r.asks():
		return Question{r.Version, r.Seats}
	case p.aside().Asked != nil:
		return *p.Aside.Asked
	}
	return Question{}
}

// keepQuestion keeps the question when its round goes: who tests objections is who
// was asked, and a chair declares on what was asked.
func (p *Process) keepQuestion() {
	comesBack := p.Method.Chair || p.Method.Present && p.Method.Objections.Trigger != ""
	if comesBack && p.round().asks() {
		p.stray().Asked = &Question{p.Round.Version, p.Round.Seats}
	}
}
