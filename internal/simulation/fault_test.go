package simulation_test

import (
	"fmt"
	"strings"
)

// A fault is something that goes wrong at a port.
type fault int

// The faults. Which of them a world has, and how often, its seed says.
const (
	appendFails      fault = iota // before it has had an effect
	syncFails                     // what was written may be there or not, and the store is dead
	powerCut                      // between writing and syncing
	replyLost                     // of an append that has had its effect
	readFails                     // in the middle
	readOld                       // the newest entries are not there yet
	readDamaged                   // a bit is another
	putFails                      // the vault keeps nothing
	putReplyLost                  // it has kept the words
	getFails                      // it does not answer
	getDamaged                    // a bit is another
	keepFails                     // the checkpoint is not kept
	keepReplyLost                 // it is kept
	lastFails                     // what is kept cannot be read
	lastDamaged                   // a bit is another
	witnessDown                   // it does not answer
	witnessReplyLost              // it has signed
	hookSaysNo                    // the host's hook refuses
	hookPanics                    // and breaks
	dies                          // the process
	rival                         // the other host comes first
	slow                          // the call takes long
	clockJumps                    // that of a host, to and fro
	sentAgain                     // a command that was answered
	eraseFails                    // the vault takes nothing away
	eraseReplyLost                // it has taken it away
	faults
)

var faultNames = [faults]string{"append fails", "sync fails", "power cut", "reply lost", "read fails", "old read", "damaged read",
	"put fails", "put: reply lost", "get fails", "damaged part", "keep fails", "keep: reply lost", "last fails", "damaged checkpoint",
	"witness down", "witness: reply lost", "hook says no", "hook panics", "dies", "the other comes first", "slow", "clock jumps", "sent again",
	"erase fails", "erase: reply lost"}

// A rare thing must have happened somewhere among the worlds, or nobody knows that
// it had been looked at.
type rare int

// The rare things.
const (
	conflicted rare = iota
	tailSurvived
	tailLost
	damageRefused
	diedAfterAppend
	diedAfterKeeping
	unknownRecorded
	unknownNotRecorded
	unknownRefused
	repeatedAnswer
	reusedRefused
	hookRefused
	racedForTheLast
	atTheInstant
	timeRanOut
	outlivedItsAuthor
	settledWithoutItsAuthor
	goneStillCounted
	wasAdopted
	answersSealed
	clockWentBack
	checkpointSigned
	checkpointWitnessed
	endedWithoutOne
	openedAgain
	decidedOnTheWay
	wordsTogether
	lostWithWords
	erasedMeanwhile
	erasureCutShort
	outlivedByWords
	heldByLaw
	lawKeptWords
	rares
)

var rareNames = [rares]string{"an append conflicted", "what was not synced survived", "what was not synced was lost", "a damaged read was refused",
	"a host died between append and answer", "a host died between keeping a checkpoint and showing it",
	"an unknown command had been recorded", "an unknown command had not been recorded", "an unknown command was refused in the end",
	"a command that was answered was answered alike", "an id with another command was refused", "a hook that said no or broke meant no",
	"two clients raced for the last answer", "an answer came at the instant of a deadline", "a time ran out", "an objection stood when its author had left",
	"an objection was settled when its author had left", "a seat counted whose holder had left", "something was adopted", "sealed answers were opened",
	"a clock went back and was refused", "a checkpoint was signed", "a checkpoint was witnessed", "a question was ended without one of them", "a host was opened again", "a command was decided on one that was still on its way",
	"the words of several commands were on their way together", "what was on its way was lost with its words",
	"somebody was erased while a question was open", "an erasure was cut short", "what was adopted stayed when who wrote it was erased",
	"somebody was held by law", "nobody was erased whom the law held"}

// A tally counts what happened.
type tally struct {
	faults [faults]int
	rare   [rares]int
}

func (t *tally) add(other *tally) {
	for f, n := range other.faults {
		t.faults[f] += n
	}
	for r, n := range other.rare {
		t.rare[r] += n
	}
}

func (t *tally) String() string {
	var b strings.Builder
	for f, n := range t.faults {
		fmt.Fprintf(&b, "%9d  fault: %s\n", n, faultNames[f])
	}
	for r, n := range t.rare {
		fmt.Fprintf(&b, "%9d  %s\n", n, rareNames[r])
	}
	return b.String()
}

// never lists what was to happen and did not.
func (t *tally) never() (out []string) {
	for f, n := range t.faults {
		if n == 0 {
			out = append(out, "fault: "+faultNames[f])
		}
	}
	for r, n := range t.rare {
		if n == 0 {
			out = append(out, rareNames[r])
		}
	}
	return out
}

// A plant is something that is broken on purpose, to show that it is found.
type plant int

// The plants.
const (
	losesEntries  plant = 1 + iota // a store says that entries are durable, and they are not
	checksNothing                  // a store does not check the size
	sendsTwice                     // a store sends again what it had no reply to
	readsHoles                     // a store passes over what is damaged
	writesFirst                    // a store does not wait for words that are on their way
	losesWords                     // a vault says that words are durable, and they are not
	showsFirst                     // a checkpoint is shown and not kept
	losesHolds                     // a vault says that it holds somebody, and does not
	appliesTwice                   // an engine lets what was recorded happen twice
)

// plantedBy is the fault without which a plant does no harm.
var plantedBy = map[plant]fault{losesEntries: powerCut, checksNothing: rival, sendsTwice: replyLost, readsHoles: readDamaged,
	losesWords: powerCut, writesFirst: powerCut, losesHolds: eraseReplyLost, showsFirst: keepFails, appliesTwice: slow}
