package circle

// SocietyMembership are the classes of the care co-operative, with what it asks of
// each and when it ends (EC-1 to EC-6, EC-60); the age is that of a sibling society,
// and so is how long before a member is told who is to be removed (EC-76, EC-114).
// The Board admits, in the circle of this name.
var SocietyMembership = Membership{Admits: "purpose", Removal: &Removal{Matter: "removal", Told: 21, Unvoiced: true},
	Classes: []ClassRule{
		{Class: Supported, Ends: []Name{"support-ended"}, Asks: []Condition{
			{Fact: "regular-support", For: Period{2, Months}, Hours: 2}, {Fact: "questions-answered"}, {Fact: Commitment}, {Fact: "age-16", Age: 16}}},
		{Class: Advocate, Ends: []Name{"support-ended", "became-a-member"}, Asks: []Condition{
			{Fact: "person-is-supported"}, {Fact: "person-is-no-member-and-cannot-be"}, {Fact: "questions-answered"}, {Fact: Commitment}, {Fact: "age-16", Age: 16}}},
		{Class: Worker, Ends: []Name{"labour-ended"}, Asks: []Condition{{Fact: "regular-labour"}, {Fact: Commitment}, {Fact: "age-16", Age: 16}}},
		{Class: Investor, Ends: []Name{"holding-withdrawn"}, Asks: []Condition{{Fact: "holds-shares"}, {Fact: Commitment}, {Fact: "age-16", Age: 16}}},
	}}

// SocietyBoard is the Board of the care co-operative (EC-73, EC-74); who stands
// down when, and its quorum, are those of a sibling society (EC-110, EC-111).
var SocietyBoard = Board{Role: "director", Circle: "purpose", Least: 3,
	Limits: []Limit{{Classes: []Class{Supported, Advocate}, Most: 5}, {Classes: []Class{Worker}, Most: 5}, {Classes: []Class{Investor}, Most: 2}},
	Asks:   []Condition{{Fact: "age-18", Age: 18}}, Outside: Outside{Most: 2, For: Period{12, Months}},
	Turn: Share{1, 3}, First: true, Quorum: Quorum{Least: 3, Share: Share{1, 2}}}
