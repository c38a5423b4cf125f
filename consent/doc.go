// Package consent is the process: it takes a proposal from a need to an
// agreement by rounds, reasoned objections, amendment and asking again. It
// holds what spans the rooms (rosters, rounds, verdicts, meetings), asks the
// law of each room below, and records what follows in one ledger.
//
// (Consent between people, not cookie consent.)
//
// # The process
//
// A proposal is put to a circle (intake), understood (clarify), reacted to
// (react), and then the question is put (decide): consent, or a reasoned
// objection. When objections stand, the circle works on the text (integrate)
// and asks again on the new version. When those present have consented and
// others were away, the circle's written absence policy says what their
// silence means (last call). It ends adopted, not adopted, withdrawn, or
// dropped by consent. [Moves] is the whole of it, a table from which the law,
// [Engine.Permitted], [Diagram] and [Table] are drawn. [Engine.Next] says who must act
// on a proposal, [Engine.NextIn] in a meeting, and [Engine.Awaits] what is awaited from
// one person.
//
// There are stages beside these for those methods that have them: a text that its
// author still writes on (draft), a text that was changed after the reactions
// (revise), one argument that is examined (test), what is put off (parked), what
// the broader circle is asked (escalated), a vote where nothing else helps
// (ballot); and outcomes: discarded, transferred, superseded, expired. Two
// proposals become one ([Supersede]), and one becomes two ([Split]).
//
// # Methods
//
// All documented methods are this one loop with other settings. A [Method] is
// such settings: which phases there are, who is asked, what may be answered, how
// long people have and what silence means, who examines an objection and who says
// that it is solved, what happens when no consent is found. It is a value, stored
// with each process, so that a later change never moves a running one; [Presets]
// lists those that the engine brings, and [Method.Words] says in plain sentences
// how one decides. A circle names a method for all it decides, for a kind of
// matter, or by consent for one case; circles inside it follow, unless they agree
// otherwise. Who represents a circle, and its method itself, are decided by
// everybody's own consent (M-143).
//
// A [Rule] judges the answers; it sees one [Case] and gives a [Verdict] with its
// reasons. [ByConsent] and [Settle] are known to every
// engine; package consent/rule has a stock of others for [Config].Rules.
//
// # Meetings
//
// A circle meets with an agenda, which those present consent to ([ChangeAgenda]), or
// which by some methods is made in the meeting, of labels ([AddItem]). Where a meeting has a planned end, it ends then,
// unless nobody is against going on ([ExtendMeeting]), and what it did not come to
// stands on the agenda of the next one ([State.LeftOver]). A case may be suspended in a meeting by a
// time-out ([AskTimeOut]), a round by a stop card ([Signal]), and a proposal is
// set aside with an owner and a day ([Park]), or by consent ([PutOff]).
//
// Somebody may sit in one meeting in the stead of who wears a role and cannot come
// ([SendSubstitute]). When who was selected for a role lays it down, the next
// selection waits on the backlog with what the last one asked for ([State.LastSelected]).
//
// When several objections stand, who facilitates may set their order
// ([OrderObjections]), and somebody may claim priority for theirs ([ClaimPriority]);
// by some methods they are dealt with one at a time, or all together. One that the
// circle put off waits on its backlog, beside the needs ([State.Backlog]).
//
// # When no consent is found, and appeal
//
// Before a question goes further a circle may have agreed to work on it in so many
// meetings, to let somebody mediate ([Mediate]), or to say that it is deadlocked
// ([CallDeadlock]); see [circle.Stuck]. What is passed on ([Escalate]) takes a [Packet]
// along, and the broader circle answers it or takes it ([RuleOn]). Where nobody stands
// above, [circle.LastWord] says who decides, and [Engine.Warnings] reports that it is
// missing. A decision that was made is appealed against by people who are not related
// to each other ([DraftAppeal], [SignAppeal], [OpenAppeal]); it goes from one body to the next by the
// sessions that they hold ([circle.Appeals], [Appeal]), to a panel ([NamePanel]), or up to the meeting of
// all members ([MembersMeeting]). A petition suspends a decision at once ([PetitionHold]).
//
// # What holds always
//
// Nothing is adopted by consent while an objection stands (S1). Who has a consent right
// is frozen when the question is put (S2), unless the method
// says that whoever joins is asked as well ([Method].Live). What was consented to is what is
// adopted: every answer names a version (S3). No objection is lost: each ends
// with an actor and a cause (S6). Nobody but the objector ends one (CP-4), unless
// the circle's method says how it is tested or answered; and then nobody judges
// their own. Silence counts only where the circle's own rules or method, frozen
// with the process, say so (S7). A deadline's instant belongs to what comes after it: at the very instant the
// silence is counted, and an answer given at it comes too late.
//
// By some methods answers are sealed (see [Hidden]): the ledger says who has
// answered, the vault holds what, and all are revealed together; replay needs the
// vault no more than for any other words. [Engine.Answers] says what somebody may
// see of the answers.
//
// People are selected for roles, and one thing of several is chosen, by the same
// process (see [Selecting]): role, term and qualifications are a first version,
// nominations are sealed and revealed together, a candidate is a later version,
// and what everybody consents to gives the role. Among things a circle may also go
// by the objections to each ([ByObjections]): the option with the weakest ones is
// the candidate, and is asked about as any other.
//
// # Rules, and choosing among options
//
// A [Rule] judges a [Case] and nothing else. What more it knows, it says by optional
// interfaces: [Early] is asked after every answer, [Opener] when its question is put,
// [Admitter] when somebody answers, and a [Chooser] chooses among the options of the
// version ([proposal.Record].Options) and says what an answer to that looks like
// ([Ballot]): people rank the options or score them ([Preference]). What a rule
// refuses, the engine refuses in the rule's words, before it is on record; one that
// panics has refused. No rule is asked about an objection, and each must tell of those
// that stand.
//
// Options that come out level are an outcome: the question stays until people settle
// it ([SettleTie]) in a way that the method names. A lot is drawn with a seed that no
// person chose and that stands in the entry ([Lot]).
//
// Where a circle asks for consent and votes after that, these are two questions:
// [BallotCalled] names the rule of the vote, the question that it follows and the
// objections that stand, and [Engine.Questions] lists what was asked, what each
// person said to it, and what came of it.
//
// # Agreements without a round
//
// What was in force before the organisation came here is taken over
// ([TakeOverPolicy]). What a circle entrusted to a role, who acts in the role
// settles alone by a guideline ([SetGuideline], [State.MaySetGuideline]). Both are
// agreements like any other: they stand in the register, which says how they came,
// come to their review, and are kept, replaced or ended by consent. [State.Origin],
// [State.Legacies] and [State.Guidelines] tell them apart.
//
// # When somebody may be in danger
//
// A safeguarding signal ([RaiseSafeguarding]) leaves the process (CP-22). Anybody
// raises one at any moment. Its words go to [Config].Safeguard before anything is
// recorded; the ledger keeps that there was one, when, and who must act
// ([circle.Safeguarding]), who take it up and end it ([State.Safeguardings]). What it
// is about can be set aside, until one of them says that it goes on ([GoOn]).
//
// # Being forgotten, and seeing what is kept
//
// What people said lies beside the ledger, and where the vault is a
// [ledger.Forgetter], as that of package ledger/vault, it can be made unreadable for
// good ([Engine.Erase]): a person asks for it, or the Secretary of the outermost circle
// does. The ledger keeps that so many parts were erased, when and on what ground, and
// neither whose they were nor who asked ([State.Erasures]). Nothing that was decided
// changes. Where the law asks that something is kept, a legal hold stands in the way
// ([Engine.PlaceLegalHold], [Engine.ReleaseLegalHold]). Whom an erasure or a hold is
// about stands in a part that lies under nobody's key, and goes when it ends; so both
// can be brought to their end whatever happens in between ([Engine.ResumeErasures]).
// What a host keeps for a time only, a Tick erases when that is over ([Retention]).
//
// Whose an id is, the ledger does not know. Package circle/alias gives ids to people, and
// keeps in the same vault who is behind each: an erasure takes that along.
//
// A person sees everything that is kept about them, and takes it away as one document
// ([Engine.RecordsOf]). The Secretary of the outermost circle sees it too, and says why:
// that stands in the ledger, and the person can read who looked, and why ([State.Looks]).
//
// What was said is about who said it, and goes with them. What a circle has adopted
// belongs to the organisation, whoever wrote it: versions of proposals that were adopted,
// in each format, what circles and roles are for, and rulings on agreements. It is handed
// over before its author is erased, and stays for as long as there is an organisation;
// drafts, and versions that were not adopted, go. What others said about somebody is
// theirs: it goes when they are erased, and not before.
//
// Where words are gone it is said when they were erased and why, and that they were,
// and are not lost ([Engine.Said]).
//
// Words that are wrong are put right ([Engine.Rectify]): by who said them, or by the
// Secretary of the outermost circle for whom they are about. Everything that is shown
// has the new words and says since when; the old ones stay bound to their entry, and are
// made unreadable if that is asked for. What others answer or have decided on is not put
// right in place, for then they would have decided on something else (S3): it gets a note
// beside. What a proposal says changes by a new version.
//
// Nobody gets a name that people could take for that of another person, circle, or role
// of the same circle ([circle.LooksAlike]). The engine asks this when a command is given, and as
// far as a small table of look-alikes goes; a ledger is read without it.
//
// # State and engine
//
// [State] is pure: Decide reads it and answers, Apply takes what has happened
// and cannot fail. It is built from the ledger's entries and nothing else, and
// no rule, clock or chance is asked when it is built again.
//
// [Engine] is the thin shell around it: a lock, a clock, a store. One command
// is one entry, recorded with all that follows from it or not at all:
//
//	engine, err := consent.Open(ctx, consent.Config{Store: store})
//	receipt, err := engine.Do(ctx, circle.Actor{By: "cia"}, objection.Raise{…})
//
// A refusal is a [circle.Refusal]: nothing has changed, its sentence is for
// members, and [Engine.Why] names the rule behind it. The engine starts
// nothing by itself: the host asks [Engine.Due] and calls [Engine.Tick]. Each
// command fires what is due before it is decided, so a late Tick changes
// nothing but when people hear of it.
//
// # Opening fast
//
// An engine reads the ledger from its first entry, which takes some seconds for a
// million entries. A host that has no time for that gives it a place for snapshots
// ([Config].Snapshots), as package ledger/filestore is one, and lets it save one now and
// then ([Config].SnapshotEvery, [Engine.Snapshot]). A snapshot is derived and never
// truth: it is used if it is as it was saved, was made by this very version of the
// program, and has the root of the entries that the store holds; otherwise it is passed
// over, the ledger is read, and [Engine.Opening] says why. It holds control data only,
// so nothing has to be erased in it. What it cannot show by itself is that its maker
// told the truth: with [Config].SnapshotKey only engines with that key can have made it,
// and [Engine.Verify] compares what it told with what the ledger tells.
//
// # What is signed
//
// A host signs checkpoints of the ledger with a [ledger.Signer]. The key stands in the
// ledger ([NameKey]), and so does the one that follows on it, signed for by both
// ([ChangeKey]). What was refused is signed too, if the host likes
// ([Engine.SignRefusal]): a member who was refused can show it.
//
// # Stored form
//
// An entry is one canonical JSON object (see [Entry]): control data only, with
// what people said in content parts beside it, bound by salted commitments.
// Times in the ledger are whole seconds, UTC.
package consent
