package logbook

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/sayround/sayround/circle"
	"github.com/sayround/sayround/consent"
	"github.com/sayround/sayround/proposal"
)

// A Practice is how people have answered the questions that were put to them: what
// a comparison of rules is drawn from.
type Practice struct {
	Members []Member // in the order in which they were first asked
	Rosters [][]int  // for each question who was asked, as places among the members
}

// A Member is one person of a practice.
type Member struct {
	Person  circle.PersonID
	Class   circle.Class // of the seat that they had last
	Weight  int64
	Replies []Reply // one for each question that they were asked, in order
}

// A Reply is what somebody made of one question.
type Reply struct {
	Position string // empty: they did not answer
	After    int64  // how many seconds after the question was opened, in whole ones
}

// LearnPractice reads from a ledger how the members of a circle have answered
// questions of consent and votes; of all circles where none is named.
//
// Of who answered again the last answer counts, with its time; of an answer that was
// sealed the time at which it was given. Silence is no answer, also where a policy or
// the method counts it as one. Who had not answered when a question ended, or has not
// so far, counts as somebody who did not: a rule that decides early makes people
// look more silent than they are.
func LearnPractice(ctx context.Context, e *consent.Engine, of circle.ID) (Practice, error) {
	l := learning{circle: of, places: map[circle.PersonID]int{}, asked: map[proposal.ID]*poll{}}
	for r, err := range e.Entries(ctx, 0) {
		if err != nil {
			return Practice{}, err
		}
		l.state.Apply(r.Position, r.Entry.At, r.Entry.Events)
		for _, event := range r.Entry.Events {
			l.take(r.Entry.At, event)
		}
	}
	for _, q := range l.questions {
		for i, member := range q.roster {
			m := &l.practice.Members[member]
			m.Replies = append(m.Replies, q.replies[i])
		}
	}
	return l.practice, nil
}

// learning is a ledger that is read to the end.
type learning struct {
	practice  Practice
	circle    circle.ID
	state     consent.State
	places    map[circle.PersonID]int
	asked     map[proposal.ID]*poll // the one that was put last
	questions []*poll
}

// A poll is a question that was put to people, with what each has said so far.
type poll struct {
	opened  time.Time
	roster  []int
	replies []Reply
}

// take takes note of a question that is put, and of answers to it.
func (l *learning) take(at time.Time, event consent.Event) {
	switch v := event.(type) {
	case *consent.RoundOpened:
		if v.Round == consent.ConsentRound || v.Round == consent.BallotRound {
			l.put(v)
		}
	case *consent.Responded:
		l.reply(v.Proposal, v.By, func(r *Reply, opened time.Time) {
			*r = Reply{string(v.Response), int64(at.Sub(opened) / time.Second)}
		})
	case *consent.AnswerSealed: // what was said comes to light with the others
		l.reply(v.Proposal, v.By, func(r *Reply, opened time.Time) { r.After = int64(at.Sub(opened) / time.Second) })
	case *consent.Revealed:
		for _, a := range v.Answers {
			l.reply(v.Proposal, a.By, func(r *Reply, _ time.Time) { r.Position = string(a.Answer) })
		}
	}
}

// put takes note of who is asked. They are those of the round and not of the event,
// which may say no more than "everybody".
func (l *learning) put(v *consent.RoundOpened) {
	p := l.state.Process(v.Proposal)
	if p == nil || p.Round == nil || l.circle != "" && p.Circle != l.circle {
		return // over as soon as it was put, or not asked here
	}
	q := &poll{opened: v.At, replies: make([]Reply, len(p.Round.Seats))}
	for _, seat := range p.Round.Seats {
		q.roster = append(q.roster, l.member(seat))
	}
	l.asked[v.Proposal] = q
	l.questions = append(l.questions, q)
	l.practice.Rosters = append(l.practice.Rosters, q.roster)
}

// member finds the place of who has a seat, a new one for who had none before.
func (l *learning) member(seat consent.Seat) int {
	at, known := l.places[seat.Person]
	if !known {
		at = len(l.practice.Members)
		l.places[seat.Person] = at
		l.practice.Members = append(l.practice.Members, Member{Person: seat.Person})
	}
	m := &l.practice.Members[at]
	m.Class, m.Weight = seat.Class, seat.Weight
	return at
}

// reply changes what somebody has said to the question that was put last.
func (l *learning) reply(id proposal.ID, who circle.PersonID, change func(r *Reply, opened time.Time)) {
	q := l.asked[id]
	place, known := l.places[who]
	if q == nil || !known {
		return
	}
	if i := slices.Index(q.roster, place); i >= 0 {
		change(&q.replies[i], q.opened)
	}
}

// String says the practice in numbers.
func (p Practice) String() string {
	var times []int64
	asked, objected := 0, 0
	for _, m := range p.Members {
		asked += len(m.Replies)
		for _, r := range m.Replies {
			if r.Position != "" {
				times = append(times, r.After)
			}
			if r.Position == consent.Objects {
				objected++
			}
		}
	}
	slices.Sort(times)
	says := fmt.Sprintf("%d people were asked %d questions and gave %d of %d answers, %d of them objections.", len(p.Members), len(p.Rosters), len(times), asked, objected)
	if len(times) == 0 {
		return says
	}
	return says + fmt.Sprintf(" Half of the answers came within %s, nine in ten within %s.", lasting(nearestRank(times, 50)), lasting(nearestRank(times, 90)))
}
