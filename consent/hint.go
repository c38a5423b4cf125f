package consent

// alikeRounds is how many rounds in a row may be alike before the circle is
// told to go on in another way (M-121).
const alikeRounds = 2

// followed counts the rounds in a row that were of one kind on one version.
func (p *Process) followed(e *RoundOpened) {
	if p.Round != nil && p.Round.Kind == e.Round && p.Round.Version == e.Version {
		p.alike++
		return
	}
	p.alike = 1
}

// standing lists the proposals on which two rounds alike brought nothing new: a
// hint to speak of the content or the process, to narrow the question, or to
// ask what it is really about (M-121).
func (s *State) standing() []Due {
	var out []Due
	for id, p := range s.processes {
		if r := p.round(); p.alike >= alikeRounds && (r.Closed || r.Complete()) {
			out = append(out, Due{At: r.Opened, What: "two-rounds-alike", Of: string(id), Part: string(r.Kind), Past: true})
		}
	}
	return out
}
