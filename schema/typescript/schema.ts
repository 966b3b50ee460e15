// Written by `make types`, not by hand.
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A calendar day, ISO 8601: 2026-05-01. */
  Date: { input: string; output: string; }
  /** A point in time, ISO 8601; answers are in UTC. */
  DateTime: { input: string; output: string; }
  /** Decimal (fixed-point) */
  Decimal: { input: string; output: string; }
  /** The `JSON` scalar type represents JSON values as specified by [ECMA-404](https://ecma-international.org/wp-content/uploads/ECMA-404_2nd_edition_december_2017.pdf). */
  JSON: { input: unknown; output: unknown; }
  /** A string, a number or a boolean. */
  Value: { input: string | number | boolean; output: string | number | boolean; }
};

/** Something that a source declared, under a name of its own. */
export type Attribute = {
  /** The source's name for it. */
  readonly name: Scalars['String']['output'];
  /** What it said. */
  readonly value: Scalars['Value']['output'];
};

/** A brand of the group. */
export type Brand = Node & {
  /** The global id, for `node`. */
  readonly id: Scalars['ID']['output'];
  /** The brand's key, as observations name it. */
  readonly key: Scalars['ID']['output'];
  /** What people call it. */
  readonly name: Maybe<Scalars['String']['output']>;
  /** Its shops, counters and apps, by key. */
  readonly shops: ShopConnection;
};


/** A brand of the group. */
export type BrandShopsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A page, placed by sort values: what is written meanwhile never shifts it. */
export type BrandConnection = {
  /** The rows, in their order. */
  readonly edges: ReadonlyArray<BrandEdge>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A row of a page. */
export type BrandEdge = {
  /** `after` for what follows this row. */
  readonly cursor: Scalars['String']['output'];
  /** The row. */
  readonly node: Brand;
};

/** A person as the customer of one brand, as the last refresh stored it: what rules and segments look at. `summary(brand)` says what is true at this moment. */
export type BrandProfile = Node & {
  /** The global id, for `node`. */
  readonly id: Scalars['ID']['output'];
  /** The brand. */
  readonly brand: Maybe<Brand>;
  /** The person. */
  readonly person: Maybe<Person>;
  /** How many orders that are PAID, SHIPPED or COMPLETED. */
  readonly orders: Scalars['Int']['output'];
  /** How many pieces. */
  readonly pieces: Scalars['Int']['output'];
  /** What they cost, in the deployment's currency. */
  readonly paid: Scalars['Decimal']['output'];
  /** What was taken off. */
  readonly discount: Scalars['Decimal']['output'];
  /** What was paid back of them. */
  readonly refunded: Scalars['Decimal']['output'];
  /** What they cost less what was paid back. */
  readonly net: Scalars['Decimal']['output'];
  /** When the first of them was paid. */
  readonly firstOrderAt: Maybe<Scalars['DateTime']['output']>;
  /** When the last of them was paid. */
  readonly lastOrderAt: Maybe<Scalars['DateTime']['output']>;
  /** When this was worked out. */
  readonly refreshedAt: Scalars['DateTime']['output'];
};

/** A membership card. */
export type Card = Node & {
  /** The global id, for `node`. */
  readonly id: Scalars['ID']['output'];
  /** The card number, masked where it is personal. */
  readonly display: Scalars['String']['output'];
  /** The card as an identifier. */
  readonly identifier: Identifier;
  /** The living person that holds it. */
  readonly person: Maybe<Person>;
  /** The brand that issued it. */
  readonly brand: Maybe<Brand>;
  /** The shop that issued it. */
  readonly shop: Maybe<Shop>;
  /** The card that it moved to when it was lost. */
  readonly replacedBy: Maybe<Card>;
  /** The card's level. */
  readonly level: Maybe<Scalars['String']['output']>;
  /** Points on the card. */
  readonly points: Maybe<Scalars['Int']['output']>;
  /** The first day that it is valid. */
  readonly validFrom: Maybe<Scalars['Date']['output']>;
  /** The last day that it is valid. */
  readonly validTo: Maybe<Scalars['Date']['output']>;
  /** As the source said it. */
  readonly status: Maybe<Scalars['String']['output']>;
  /** What else the source declared, by name. */
  readonly attributes: ReadonlyArray<Attribute>;
};

/** What is known of a membership card. Needs exactly one `card` identifier. */
export type CardInput = {
  /** The card's level. */
  readonly level?: InputMaybe<Scalars['String']['input']>;
  /** Points on the card. */
  readonly points?: InputMaybe<Scalars['Int']['input']>;
  /** The first day that it is valid. */
  readonly validFrom?: InputMaybe<Scalars['Date']['input']>;
  /** The last day that it is valid. */
  readonly validTo?: InputMaybe<Scalars['Date']['input']>;
  /** As the source says it. */
  readonly status?: InputMaybe<Scalars['String']['input']>;
};

/** A line of the change feed: a change of a person's OneID, or of what is known under it, numbered without gaps. */
export type Change = Node & {
  /** The global id, for `node`. */
  readonly id: Scalars['ID']['output'];
  /** Its place in the feed; null in the moment before it is numbered. */
  readonly number: Maybe<Scalars['Int']['output']>;
  /** What happened. */
  readonly type: ChangeType;
  /** When it was written. */
  readonly at: Scalars['DateTime']['output'];
  /** What brought it about: an observation, an operation, an expiry … */
  readonly cause: Maybe<Scalars['String']['output']>;
  /** The OneID that it is about. */
  readonly oneId: Scalars['ID']['output'];
  /** The other OneIDs of a merge or a split. */
  readonly otherOneIds: ReadonlyArray<Scalars['ID']['output']>;
  /** That OneID's person as it is now. */
  readonly person: Maybe<Person>;
  /** The identifiers that it gained, of those that are still there. */
  readonly gained: ReadonlyArray<Identifier>;
  /** The identifiers that it lost, of those that are still there. */
  readonly lost: ReadonlyArray<Identifier>;
  /** Who did it, for an operation by hand. */
  readonly by: Maybe<Scalars['String']['output']>;
  /** Why, in their words. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** The brand whose customer changed; null for the group. */
  readonly brand: Maybe<Scalars['ID']['output']>;
  /** The key of the tag that came or went. */
  readonly tag: Maybe<Scalars['ID']['output']>;
  /** The key of the segment that was entered or left. */
  readonly segment: Maybe<Scalars['ID']['output']>;
  /** The stage that is held now, of a lifecycle or a journey. */
  readonly stage: Maybe<Scalars['String']['output']>;
  /** The journey that was entered or left. */
  readonly journey: Maybe<Scalars['String']['output']>;
  /** The key of the dependent whose tag came or went. */
  readonly dependent: Maybe<Scalars['ID']['output']>;
  /** What it was before: a value, a stage. */
  readonly from: Maybe<Scalars['String']['output']>;
  /** What it is now: a value, a stage. */
  readonly to: Maybe<Scalars['String']['output']>;
};

/** A page, placed by sort values: what is written meanwhile never shifts it. */
export type ChangeConnection = {
  /** The rows, in their order. */
  readonly edges: ReadonlyArray<ChangeEdge>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A row of a page. */
export type ChangeEdge = {
  /** `after` for what follows this row. */
  readonly cursor: Scalars['String']['output'];
  /** The row. */
  readonly node: Change;
};

/** What changed about a person: the OneID, or what is known under it. */
export type ChangeType =
  /** A OneID was minted. */
  | 'CREATED'
  /** A OneID was merged into another one. */
  | 'MERGED'
  /** A OneID came out of another one. */
  | 'SPLIT'
  /** A OneID that had been merged lives again. */
  | 'RETURNED'
  /** Its best identifier is another one. */
  | 'OWNER_CHANGED'
  /** It gained or lost identifiers. */
  | 'IDENTIFIERS_CHANGED'
  /** The person was erased. */
  | 'ERASED'
  /** The person, or a dependent, carries a tag, or carries it with another value. */
  | 'TAG_ADDED'
  /** A tag came off. */
  | 'TAG_REMOVED'
  /** Another stage of the lifecycle, for the group or as a brand's customer. */
  | 'STAGE_CHANGED'
  /** A stage of a journey was entered. */
  | 'JOURNEY_ENTERED'
  /** A stage of a journey was left. */
  | 'JOURNEY_LEFT'
  /** A saved segment has the person. */
  | 'SEGMENT_ENTERED'
  /** A saved segment has the person no more. */
  | 'SEGMENT_EXITED'
  /** An attribute was corrected by hand. */
  | 'ATTRIBUTE_CORRECTED';

/** A yes or no to being contacted in a way and for a purpose. */
export type Consent = Node & {
  /** The global id, for `node`. */
  readonly id: Scalars['ID']['output'];
  /** How: SMS, EMAIL, WECHAT … */
  readonly channel: Scalars['String']['output'];
  /** What for. */
  readonly purpose: Scalars['String']['output'];
  /** Yes or no. */
  readonly granted: Scalars['Boolean']['output'];
  /** When it was said. */
  readonly at: Scalars['DateTime']['output'];
  /** Who told of it. */
  readonly source: Scalars['String']['output'];
  /** The brand that it was said to. */
  readonly brand: Maybe<Brand>;
  /** The identifier that it hangs on; null for a caller whose brands do not know that. */
  readonly identifier: Maybe<Identifier>;
  /** The living person who said it. */
  readonly person: Maybe<Person>;
};

/** A page of consents. */
export type ConsentConnection = {
  /** The rows, in their order. */
  readonly edges: ReadonlyArray<ConsentEdge>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A row of a page. */
export type ConsentEdge = {
  /** `after` for what follows this row. */
  readonly cursor: Scalars['String']['output'];
  /** The row. */
  readonly node: Consent;
};

/** A yes or no to being contacted. */
export type ConsentInput = {
  /** How: SMS, EMAIL, WECHAT … */
  readonly channel: Scalars['String']['input'];
  /** What for. */
  readonly purpose: Scalars['String']['input'];
  /** Yes or no. */
  readonly granted: Scalars['Boolean']['input'];
};

/** What somebody decided about two identifiers. */
export type DecisionKind =
  /** They are of one person. */
  | 'LINK'
  /** What was seen of them until then counts no more. */
  | 'UNLINK'
  /** They are never of one person. */
  | 'NEVER_LINK';

/** A subordinate profile: a baby, a pet, an appliance … */
export type DependentInput = {
  /** Its key at the source. */
  readonly key: Scalars['ID']['input'];
  /** What it is: baby, pet, appliance, or a kind that the deployment declares. */
  readonly kind: Scalars['String']['input'];
  /** What it is called. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** As the source says it. */
  readonly gender?: InputMaybe<Scalars['String']['input']>;
  /** The day of birth, or the day that it is due. */
  readonly birthday?: InputMaybe<Scalars['Date']['input']>;
  /** What it is to the person. */
  readonly relation?: InputMaybe<Scalars['String']['input']>;
  /** Declared attributes by name: strings, numbers or booleans. */
  readonly attributes?: InputMaybe<Scalars['JSON']['input']>;
};

/** An identifier that an erasure takes away, as everybody may see it. */
export type ErasedIdentifier = {
  /** Its kind. */
  readonly kind: Scalars['String']['output'];
  /** The brand or app that it belongs to; `*` without one. */
  readonly scope: Scalars['String']['output'];
  /** Its name, masked where it is personal. */
  readonly display: Scalars['String']['output'];
};

/** What an erasure takes away, or would take away. */
export type Erasure = {
  /** The identifiers. */
  readonly identifiers: ReadonlyArray<ErasedIdentifier>;
  /** Pairs of identifiers seen together. */
  readonly evidence: Scalars['Int']['output'];
  /** Links, unlinks and never-links. */
  readonly decisions: Scalars['Int']['output'];
  /** Orders, messages, events and the like that hang on them. */
  readonly facts: Scalars['Int']['output'];
  /** Operations of the audit trail that lose what they say. */
  readonly operations: Scalars['Int']['output'];
};

/** Something that somebody did: looked at a page, checked in, answered … */
export type Event = Node & {
  /** The global id, for `node`. */
  readonly id: Scalars['ID']['output'];
  /** The event's key, as observations name it. */
  readonly ref: Scalars['ID']['output'];
  /** When it happened. */
  readonly at: Scalars['DateTime']['output'];
  /** What happened. */
  readonly type: Scalars['String']['output'];
  /** Who told of it. */
  readonly source: Scalars['String']['output'];
  /** What else was said of it, by name. */
  readonly properties: ReadonlyArray<Attribute>;
  /** The product that it was about. */
  readonly product: Maybe<Product>;
  /** The shop or app where it happened. */
  readonly shop: Maybe<Shop>;
  /** The brand that it happened with. */
  readonly brand: Maybe<Brand>;
  /** The identifier that it hangs on; null for a caller whose brands do not know that. */
  readonly identifier: Maybe<Identifier>;
  /** The living person who did it. */
  readonly person: Maybe<Person>;
};

/** A page of behaviours. */
export type EventConnection = {
  /** The rows, in their order. */
  readonly edges: ReadonlyArray<EventEdge>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A row of a page. */
export type EventEdge = {
  /** `after` for what follows this row. */
  readonly cursor: Scalars['String']['output'];
  /** The row. */
  readonly node: Event;
};

/** A behaviour. */
export type EventInput = {
  /** The event's key. */
  readonly key: Scalars['ID']['input'];
  /** What happened. */
  readonly type: Scalars['String']['input'];
  /** Its properties by name: strings, numbers or booleans. */
  readonly properties?: InputMaybe<Scalars['JSON']['input']>;
  /** The dependent that it was about. */
  readonly dependent?: InputMaybe<Scalars['ID']['input']>;
  /** The product that it was about. */
  readonly product?: InputMaybe<Scalars['ID']['input']>;
};

/** Two identifiers that were seen together, from the one that was asked. */
export type Evidence = {
  /** The identifier at the other end. */
  readonly other: Identifier;
  /** Whether it joins people now. */
  readonly state: EvidenceState;
  /** Why it does not: SHARED, LIMIT_EXCEEDED, NEVER_LINKED, EXPIRED … */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** The earliest sighting. */
  readonly firstSeen: Scalars['DateTime']['output'];
  /** The newest sighting. */
  readonly lastSeen: Scalars['DateTime']['output'];
  /** Who reported it, at most sixteen. */
  readonly sources: ReadonlyArray<Scalars['String']['output']>;
  /** The brands that reported it. */
  readonly brands: ReadonlyArray<Scalars['String']['output']>;
  /** How it is known: observed, inferred or by hand. */
  readonly method: Maybe<Scalars['String']['output']>;
  /** How sure the source is, 0 to 1, where it says so. */
  readonly confidence: Maybe<Scalars['Float']['output']>;
  /** Whether a verified source reported it. */
  readonly verified: Maybe<Scalars['Boolean']['output']>;
};

/** A page, placed by sort values: what is written meanwhile never shifts it. */
export type EvidenceConnection = {
  /** The rows, in their order. */
  readonly edges: ReadonlyArray<EvidenceEdge>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A row of a page. */
export type EvidenceEdge = {
  /** `after` for what follows this row. */
  readonly cursor: Scalars['String']['output'];
  /** The row. */
  readonly node: Evidence;
};

/** Whether evidence joins people now. */
export type EvidenceState =
  /** It joins. */
  | 'ACTIVE'
  /** It lost a conflict; `reason` says which. */
  | 'SUPPRESSED'
  /** It is set aside: claimed, expired, blocked or unlinked. */
  | 'INACTIVE'
  /** A match rule proposes it; it influences nothing until it is approved. */
  | 'PROPOSED'
  /** Its cluster waits to be replayed by a job. */
  | 'PENDING';

/** The latest measurement of the graph, by the job `measure-health` or `oneid health`; jobs, labels and unnumbered changes are those of now. */
export type GraphHealth = {
  /** When it was measured; null when it never was, and all below is. */
  readonly measuredAt: Maybe<Scalars['DateTime']['output']>;
  /** The worst level of its checks. */
  readonly level: Maybe<HealthLevel>;
  /** How long measuring took. */
  readonly seconds: Maybe<Scalars['Float']['output']>;
  /** The version of the policy that it was measured under. */
  readonly policy: Maybe<Scalars['Int']['output']>;
  /** Identifiers. */
  readonly identifiers: Maybe<Scalars['Int']['output']>;
  /** People with identifiers. */
  readonly people: Maybe<Scalars['Int']['output']>;
  /** Pairs of identifiers that were seen together or linked. */
  readonly pairs: Maybe<Scalars['Int']['output']>;
  /** What was checked. */
  readonly checks: ReadonlyArray<HealthCheck>;
  /** Conflict rates by kind and by source, the highest first. */
  readonly rates: ReadonlyArray<HealthRate>;
  /** Nodes by label, now. */
  readonly labels: ReadonlyArray<LabelCount>;
  /** The jobs and their latest runs, now. */
  readonly jobs: ReadonlyArray<JobHealth>;
  /** Changes that wait for their number in the feed, now. */
  readonly unnumbered: Scalars['Int']['output'];
  /** When the first of those was written. */
  readonly waitingSince: Maybe<Scalars['DateTime']['output']>;
};


/** The latest measurement of the graph, by the job `measure-health` or `oneid health`; jobs, labels and unnumbered changes are those of now. */
export type GraphHealthRatesArgs = {
  of?: InputMaybe<HealthRateOf>;
};

/** One check of a measurement. */
export type HealthCheck = {
  /** What was checked. */
  readonly name: HealthCheckName;
  /** How urgent it is. */
  readonly level: HealthLevel;
  /** Of how many things it is. */
  readonly total: Scalars['Int']['output'];
  /** How it came out, in words. */
  readonly says: Scalars['String']['output'];
  /** What to do about it, in words. */
  readonly next: Scalars['String']['output'];
  /** What to run next. */
  readonly command: Maybe<Scalars['String']['output']>;
  /** The largest findings, of at most a hundred that are kept. */
  readonly findings: ReadonlyArray<HealthFinding>;
};


/** One check of a measurement. */
export type HealthCheckFindingsArgs = {
  first?: Scalars['Int']['input'];
};

/** What is checked. */
export type HealthCheckName =
  /** The people with most identifiers. */
  | 'COMPONENTS'
  /** Single links that large people hang on. */
  | 'BRIDGES'
  /** People who have reached a limit. */
  | 'NEAR_LIMIT'
  /** Identifiers that too many hold. */
  | 'SHARED'
  /** Clusters too large to be decided at once. */
  | 'PENDING'
  /** Identifiers without evidence. */
  | 'ORPHANS'
  /** Kinds and sources that lose much evidence. */
  | 'CONFLICTS'
  /** What must not be. */
  | 'LOOSE_ENDS'
  /** Jobs that failed, or have not run. */
  | 'JOBS'
  /** Changes that wait for a number. */
  | 'CHANGES';

/** One thing that was found. */
export type HealthFinding = {
  /** What it is, in words. */
  readonly says: Scalars['String']['output'];
  /** How much of it: identifiers, ties, people. */
  readonly size: Scalars['Int']['output'];
  /** What to run next; A and B are its identifiers, KIND and VALUE those of the first. `unlink` and `block` are mutations, too. */
  readonly command: Maybe<Scalars['String']['output']>;
  /** The people that it is about, at most ten. */
  readonly people: ReadonlyArray<Person>;
  /** The identifiers that it is about, at most ten. */
  readonly identifiers: ReadonlyArray<Identifier>;
};

/** How urgent it is. */
export type HealthLevel =
  /** Nothing to do. */
  | 'OK'
  /** Worth a look some day. */
  | 'NOTICE'
  /** Somebody should look now. */
  | 'ATTENTION';

/** How much of the evidence of a kind, or from a source, loses. */
export type HealthRate = {
  /** What it is of. */
  readonly of: HealthRateOf;
  /** The kind or the source. */
  readonly name: Scalars['String']['output'];
  /** Pairs that join. */
  readonly active: Scalars['Int']['output'];
  /** Pairs that lost a conflict. */
  readonly suppressed: Scalars['Int']['output'];
  /** suppressed / (active + suppressed), 0 to 1. */
  readonly share: Scalars['Float']['output'];
  /** How urgent it is; what only an unverified source claims does not count. */
  readonly level: HealthLevel;
  /** Why they lost, with how many each: `SHARED 12`; the most first. */
  readonly reasons: ReadonlyArray<Scalars['String']['output']>;
};

/** What a rate is of. */
export type HealthRateOf =
  /** Of the pairs with an end of that kind. */
  | 'KIND'
  /** Of the pairs that the source reported. */
  | 'SOURCE';

/** One identity value: a kind, a scope and a normalised value. */
export type Identifier = Node & {
  /** The global id, for `node`. */
  readonly id: Scalars['ID']['output'];
  /** Its kind: phone, openid, member … */
  readonly kind: Scalars['String']['output'];
  /** The brand or app that it belongs to; `*` for kinds without scopes. */
  readonly scope: Scalars['String']['output'];
  /** The normalised value; of a personal kind only for callers with the scope pii:read. */
  readonly value: Maybe<Scalars['String']['output']>;
  /** What a person would call it, masked where it is personal. */
  readonly display: Scalars['String']['output'];
  /** The earliest sighting. */
  readonly firstSeen: Scalars['DateTime']['output'];
  /** The newest sighting. */
  readonly lastSeen: Scalars['DateTime']['output'];
  /** The living person that holds it. */
  readonly person: Maybe<Person>;
  /** What it was seen together with, also what joins nobody: active first, then the newest sighting. A shared identifier has thousands of it: `seenWith` pages through them. */
  readonly evidence: ReadonlyArray<Evidence>;
  /** The same evidence in pages, of some states or of all. */
  readonly seenWith: EvidenceConnection;
};


/** One identity value: a kind, a scope and a normalised value. */
export type IdentifierSeenWithArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  states?: InputMaybe<ReadonlyArray<EvidenceState>>;
};

/** An identifier as a caller knows it; the value may be a hash, `md5=…` or `sha256=…`. */
export type IdentifierInput = {
  /** A kind that the policy declares: phone, openid, member … */
  readonly kind: Scalars['String']['input'];
  /** The value, in any spelling that its kind normalises. */
  readonly value: Scalars['String']['input'];
  /** The brand or app that the value belongs to, for kinds that have scopes. */
  readonly scope?: InputMaybe<Scalars['String']['input']>;
};

/** Something that happened to a person's OneID. */
export type IdentityChange = {
  /** What happened, in words. */
  readonly text: Scalars['String']['output'];
  /** What happened. */
  readonly type: ChangeType;
  /** When it was written. */
  readonly at: Scalars['DateTime']['output'];
  /** What brought it about: an observation, an operation, an expiry … */
  readonly cause: Maybe<Scalars['String']['output']>;
  /** The OneID that it is about: this person's, or one that was merged into it. */
  readonly oneId: Scalars['ID']['output'];
  /** The other OneIDs of a merge or a split. */
  readonly otherOneIds: ReadonlyArray<Scalars['ID']['output']>;
  /** The identifiers that it gained, of those that are still there. */
  readonly gained: ReadonlyArray<Identifier>;
  /** The identifiers that it lost, of those that are still there. */
  readonly lost: ReadonlyArray<Identifier>;
  /** Who did it, for an operation by hand. */
  readonly by: Maybe<Scalars['String']['output']>;
  /** Why, in their words. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** The operation that brought it about, for `undo`. */
  readonly operation: Maybe<Scalars['ID']['output']>;
};

/** What became of an operation. */
export type IdentityPayload = {
  /** Its id, for `undo`; null when it was refused, and of a dry run. */
  readonly operation: Maybe<Scalars['ID']['output']>;
  /** The people that it concerned, as they are now; none without the scope profile:read. */
  readonly people: ReadonlyArray<Person>;
  /** Whether a cluster was too large to be decided at once; a job does. */
  readonly pending: Scalars['Boolean']['output'];
  /** What an erasure took, or would take. */
  readonly erasure: Maybe<Erasure>;
  /** Why it was refused; nothing was stored. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What became of some observations. */
export type IngestPayload = {
  /** How many were taken. */
  readonly accepted: Scalars['Int']['output'];
  /** Those that were not, each with its reason. */
  readonly rejected: ReadonlyArray<Rejection>;
  /** What was dropped from those that were taken. */
  readonly warnings: ReadonlyArray<Rejection>;
  /** Whether a cluster was too large to be decided at once; a job does. */
  readonly pending: Scalars['Boolean']['output'];
  /** The people that they are about now; null without the scope profile:read. */
  readonly people: Maybe<ReadonlyArray<Person>>;
  /** Problems of the request as a whole. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A job with its latest run, as it is now. */
export type JobHealth = {
  /** Its name, for `oneid jobs run`. */
  readonly name: Scalars['String']['output'];
  /** What it does. */
  readonly about: Maybe<Scalars['String']['output']>;
  /** When it is due. */
  readonly schedule: Maybe<Scalars['String']['output']>;
  /** When its latest run began; null of one that keeps no history. */
  readonly lastStarted: Maybe<Scalars['DateTime']['output']>;
  /** When its latest run ended. */
  readonly lastFinished: Maybe<Scalars['DateTime']['output']>;
  /** DONE, PARTIAL, FAILED or RUNNING. */
  readonly lastStatus: Maybe<Scalars['String']['output']>;
  /** What its latest run failed with. */
  readonly lastError: Maybe<Scalars['String']['output']>;
};

/** How many nodes have a label. */
export type LabelCount = {
  /** The label. */
  readonly label: Scalars['String']['output'];
  /** Nodes with it, now. */
  readonly nodes: Scalars['Int']['output'];
};

/** A member account of one brand's programme. */
export type Member = Node & {
  /** The global id, for `node`. */
  readonly id: Scalars['ID']['output'];
  /** The member number, masked where it is personal. */
  readonly display: Scalars['String']['output'];
  /** The account as an identifier. */
  readonly identifier: Identifier;
  /** The living person that holds it. */
  readonly person: Maybe<Person>;
  /** The brand whose programme it is. */
  readonly brand: Maybe<Brand>;
  /** The shop that issued it. */
  readonly shop: Maybe<Shop>;
  /** The member's name, for callers with the scope pii:read. */
  readonly name: Maybe<Scalars['String']['output']>;
  /** As the source said it. */
  readonly gender: Maybe<Scalars['String']['output']>;
  /** As the source said it. */
  readonly birthday: Maybe<Scalars['Date']['output']>;
  /** As the source said it. */
  readonly city: Maybe<Scalars['String']['output']>;
  /** The programme's level. */
  readonly level: Maybe<Scalars['String']['output']>;
  /** Points on the account. */
  readonly points: Maybe<Scalars['Int']['output']>;
  /** When the account was opened. */
  readonly joinedAt: Maybe<Scalars['DateTime']['output']>;
  /** Who said all this. */
  readonly source: Maybe<Scalars['String']['output']>;
  /** What else the source declared, by name. */
  readonly attributes: ReadonlyArray<Attribute>;
};

/** What is known of a member account. Needs exactly one `member` identifier. */
export type MemberInput = {
  /** The member's name; it is sealed. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** As the source says it. */
  readonly gender?: InputMaybe<Scalars['String']['input']>;
  /** The day of birth. */
  readonly birthday?: InputMaybe<Scalars['Date']['input']>;
  /** Where the member lives. */
  readonly city?: InputMaybe<Scalars['String']['input']>;
  /** The programme's level. */
  readonly level?: InputMaybe<Scalars['String']['input']>;
  /** Points on the account. */
  readonly points?: InputMaybe<Scalars['Int']['input']>;
  /** When the account was opened. */
  readonly joinedAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Declared attributes by name: strings, numbers or booleans. */
  readonly attributes?: InputMaybe<Scalars['JSON']['input']>;
};

/** Everything that can be changed. */
export type Mutation = {
  /** Takes at most a thousand observations in; each is accepted or rejected on its own. */
  readonly ingest: IngestPayload;
  /** Says that two identifiers are of one person, if the two people can be one. */
  readonly link: IdentityPayload;
  /** Takes a pair apart, or everything that joins an identifier: what was seen up to now stops counting. */
  readonly unlink: IdentityPayload;
  /** Says that two identifiers are never of one person; either may come only later. */
  readonly neverLink: IdentityPayload;
  /** Says that a value, or what a pattern finds, identifies nobody; `*` is every kind. */
  readonly block: IdentityPayload;
  /** Deletes an identifier, or everything of a person, for good: only `restore` and new observations bring it back. With `dryRun` it says what would go, and stores nothing. */
  readonly erase: IdentityPayload;
  /** Consent has returned: what is observed from now on counts for the identifier. */
  readonly restore: IdentityPayload;
  /** Takes an operation back exactly: its people are those of before, under their OneIDs. */
  readonly undo: IdentityPayload;
  /** Moves a lost card to a new number; the old one still leads to the person. */
  readonly replaceCard: IdentityPayload;
  /** Links what is proposed, if the two people can be one; each on its own. */
  readonly approveProposals: ProposalsPayload;
  /** Says of what is proposed that the two are never of one person; each on its own. */
  readonly rejectProposals: ProposalsPayload;
};


/** Everything that can be changed. */
export type MutationIngestArgs = {
  observations: ReadonlyArray<ObservationInput>;
};


/** Everything that can be changed. */
export type MutationLinkArgs = {
  a: IdentifierInput;
  b: IdentifierInput;
  reason: Scalars['String']['input'];
};


/** Everything that can be changed. */
export type MutationUnlinkArgs = {
  reason: Scalars['String']['input'];
  identifier?: InputMaybe<IdentifierInput>;
  a?: InputMaybe<IdentifierInput>;
  b?: InputMaybe<IdentifierInput>;
};


/** Everything that can be changed. */
export type MutationNeverLinkArgs = {
  a: IdentifierInput;
  b: IdentifierInput;
  reason: Scalars['String']['input'];
};


/** Everything that can be changed. */
export type MutationBlockArgs = {
  kind: Scalars['String']['input'];
  reason: Scalars['String']['input'];
  value?: InputMaybe<Scalars['String']['input']>;
  pattern?: InputMaybe<Scalars['String']['input']>;
};


/** Everything that can be changed. */
export type MutationEraseArgs = {
  reason: Scalars['String']['input'];
  identifier?: InputMaybe<IdentifierInput>;
  person?: InputMaybe<PersonBy>;
  dryRun?: Scalars['Boolean']['input'];
};


/** Everything that can be changed. */
export type MutationRestoreArgs = {
  identifier: IdentifierInput;
  reason: Scalars['String']['input'];
};


/** Everything that can be changed. */
export type MutationUndoArgs = {
  operation: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


/** Everything that can be changed. */
export type MutationReplaceCardArgs = {
  card: IdentifierInput;
  by: IdentifierInput;
  reason: Scalars['String']['input'];
};


/** Everything that can be changed. */
export type MutationApproveProposalsArgs = {
  proposals: ReadonlyArray<ProposalInput>;
  reason: Scalars['String']['input'];
};


/** Everything that can be changed. */
export type MutationRejectProposalsArgs = {
  proposals: ReadonlyArray<ProposalInput>;
  reason: Scalars['String']['input'];
};

/** Anything with a global id. */
export type Node = {
  /** The global id, for `node`. */
  readonly id: Scalars['ID']['output'];
};

/** Identifiers that one source saw together at one time, with what it knew of them. */
export type ObservationInput = {
  /** Names it in answers; sending it again changes nothing, whatever its id. */
  readonly id: Scalars['ID']['input'];
  /** When it was observed. */
  readonly at: Scalars['DateTime']['input'];
  /** Who observed it. */
  readonly source: Scalars['String']['input'];
  /** The brand that it belongs to. */
  readonly brand?: InputMaybe<Scalars['String']['input']>;
  /** Where it was observed. */
  readonly shop?: InputMaybe<ShopInput>;
  /** The identifiers seen together. */
  readonly identifiers: ReadonlyArray<IdentifierInput>;
  /** What is known of the member account among them. */
  readonly member?: InputMaybe<MemberInput>;
  /** What is known of the card among them. */
  readonly card?: InputMaybe<CardInput>;
  /** An order that they placed. */
  readonly order?: InputMaybe<OrderInput>;
  /** A message that was sent to them. */
  readonly touch?: InputMaybe<TouchInput>;
  /** Something that they did. */
  readonly event?: InputMaybe<EventInput>;
  /** Who or what belongs to them. */
  readonly dependents?: InputMaybe<ReadonlyArray<DependentInput>>;
  /** Tags that the source sets. */
  readonly tags?: InputMaybe<ReadonlyArray<TagInput>>;
  /** What they agreed to, or refused. */
  readonly consents?: InputMaybe<ReadonlyArray<ConsentInput>>;
};

/** Something that somebody decided about identity: a line of the audit trail. */
export type Operation = Node & {
  /** The global id, for `node`. */
  readonly id: Scalars['ID']['output'];
  /** Its place in the trail, from 1, without gaps. */
  readonly number: Scalars['Int']['output'];
  /** What was done. */
  readonly type: OperationType;
  /** When. */
  readonly at: Scalars['DateTime']['output'];
  /** Who did it. */
  readonly by: Scalars['String']['output'];
  /** Why, in their words; null once what it was about is erased. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** Whether what it was about is erased, and with it what it was given. */
  readonly erased: Scalars['Boolean']['output'];
  /** What it is about, of what is still there. */
  readonly identifiers: ReadonlyArray<Identifier>;
  /** What it took back, of an undo. */
  readonly undoes: Maybe<Operation>;
  /** The undo that took it back. */
  readonly undoneBy: Maybe<Operation>;
};

/** A page, placed by sort values: what is written meanwhile never shifts it. */
export type OperationConnection = {
  /** The rows, in their order. */
  readonly edges: ReadonlyArray<OperationEdge>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A row of a page. */
export type OperationEdge = {
  /** `after` for what follows this row. */
  readonly cursor: Scalars['String']['output'];
  /** The row. */
  readonly node: Operation;
};

/** What somebody decided about identity. */
export type OperationType =
  /** Two identifiers are of one person. */
  | 'LINK'
  /** What joined them up to then does not count. */
  | 'UNLINK'
  /** Two identifiers are never of one person. */
  | 'NEVER_LINK'
  /** A value or a pattern identifies nobody. */
  | 'BLOCK'
  /** Identifiers were deleted, and stay away. */
  | 'ERASE'
  /** Consent returned after an erasure. */
  | 'RESTORE'
  /** A card moved to a new number. */
  | 'REPLACE_CARD'
  /** An operation was taken back. */
  | 'UNDO'
  /** An observation showed another form of what had been erased, which went, too. */
  | 'FORGET';

/** An order as it stands. Money is exact, in the order's currency. */
export type Order = Node & {
  /** The global id, for `node`. */
  readonly id: Scalars['ID']['output'];
  /** Its brand and number, `mumu|20260301`: names it where the number does not. */
  readonly key: Scalars['ID']['output'];
  /** The order's number. */
  readonly number: Scalars['String']['output'];
  /** How far it has come. */
  readonly status: OrderStatus;
  /** When it was paid; else placed; else the first time that it was told of. */
  readonly at: Scalars['DateTime']['output'];
  /** When it was placed. */
  readonly orderedAt: Maybe<Scalars['DateTime']['output']>;
  /** When it was paid. */
  readonly paidAt: Maybe<Scalars['DateTime']['output']>;
  /** When it was sent. */
  readonly shippedAt: Maybe<Scalars['DateTime']['output']>;
  /** When it was received. */
  readonly completedAt: Maybe<Scalars['DateTime']['output']>;
  /** When it was paid back. */
  readonly refundedAt: Maybe<Scalars['DateTime']['output']>;
  /** The currency of its money, ISO 4217. */
  readonly currency: Scalars['String']['output'];
  /** What it cost, after discount. */
  readonly amount: Scalars['Decimal']['output'];
  /** What was taken off. */
  readonly discount: Scalars['Decimal']['output'];
  /** What was paid back, its lines' refunds included. */
  readonly refunded: Scalars['Decimal']['output'];
  /** Its amount less what was paid back. */
  readonly net: Scalars['Decimal']['output'];
  /** How many pieces; 0 where its lines were not said. */
  readonly quantity: Scalars['Int']['output'];
  /** Its products, in the order's own order. */
  readonly lines: ReadonlyArray<OrderLine>;
  /** The brand that it was placed with. */
  readonly brand: Maybe<Brand>;
  /** The shop that it was placed at. */
  readonly shop: Maybe<Shop>;
  /** Who receives it, where that was said. */
  readonly recipient: Maybe<Recipient>;
  /** The identifier that it hangs on; null for a caller whose brands do not know that. */
  readonly identifier: Maybe<Identifier>;
  /** The living person whose order it is. */
  readonly person: Maybe<Person>;
};

/** A page of orders. */
export type OrderConnection = {
  /** The rows, in their order. */
  readonly edges: ReadonlyArray<OrderEdge>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A row of a page. */
export type OrderEdge = {
  /** `after` for what follows this row. */
  readonly cursor: Scalars['String']['output'];
  /** The row. */
  readonly node: Order;
};

/** An order as it stands. */
export type OrderInput = {
  /** The order's number. */
  readonly key: Scalars['ID']['input'];
  /** How far it has come. */
  readonly status: OrderStatus;
  /** When it was placed. */
  readonly orderedAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** When it was paid. */
  readonly paidAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** When it was sent. */
  readonly shippedAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** When it was received. */
  readonly completedAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** When it was paid back. */
  readonly refundedAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** What it cost after discount, in its currency. */
  readonly amount: Scalars['Decimal']['input'];
  /** What was taken off. */
  readonly discount?: InputMaybe<Scalars['Decimal']['input']>;
  /** What was paid back, its lines' refunds included. */
  readonly refunded?: InputMaybe<Scalars['Decimal']['input']>;
  /** ISO 4217. */
  readonly currency?: InputMaybe<Scalars['String']['input']>;
  /** Its products; they replace those of an older version. */
  readonly lines?: InputMaybe<ReadonlyArray<OrderLineInput>>;
  /** Who receives it. */
  readonly recipient?: InputMaybe<RecipientInput>;
};

/** One product of an order. What the order says of its discount and its refund as a whole is shared among its products, so that the lines add up to the order. */
export type OrderLine = {
  /** The product. */
  readonly product: Product;
  /** How many. */
  readonly quantity: Scalars['Int']['output'];
  /** What was paid for it, after discount. */
  readonly amount: Scalars['Decimal']['output'];
  /** Its share of the order's discount. */
  readonly discount: Scalars['Decimal']['output'];
  /** What was paid back for it, its share of the rest included. */
  readonly refunded: Scalars['Decimal']['output'];
  /** Its amount less what was paid back. */
  readonly net: Scalars['Decimal']['output'];
};

/** One product of an order. */
export type OrderLineInput = {
  /** The product's key. */
  readonly product: Scalars['ID']['input'];
  /** What it is called. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** What kind of product it is. */
  readonly category?: InputMaybe<Scalars['String']['input']>;
  /** How many. */
  readonly quantity?: InputMaybe<Scalars['Int']['input']>;
  /** What was paid for the line, in the order's currency. */
  readonly amount: Scalars['Decimal']['input'];
  /** What was paid back for the line. */
  readonly refunded?: InputMaybe<Scalars['Decimal']['input']>;
};

/** How far an order has come. */
export type OrderStatus =
  /** Placed, not paid. */
  | 'CREATED'
  /** Paid. */
  | 'PAID'
  /** On its way. */
  | 'SHIPPED'
  /** Received. */
  | 'COMPLETED'
  /** Called off. */
  | 'CANCELLED'
  /** Paid back as a whole. */
  | 'REFUNDED';

/** Where a page stands. */
export type PageInfo = {
  /** Whether there is more after it. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether it started after a cursor. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of its first row. */
  readonly startCursor: Maybe<Scalars['String']['output']>;
  /** The cursor of its last row: `after` for the next page. */
  readonly endCursor: Maybe<Scalars['String']['output']>;
};

/** A person: one component of identifiers, named by a OneID that lasts. */
export type Person = Node & {
  /** The global id, for `node`. */
  readonly id: Scalars['ID']['output'];
  /** Orders, the newest first: by when they were paid, else placed. */
  readonly orders: OrderConnection;
  /** What the person has bought, worked out now, of the brands that the caller may see. */
  readonly summary: PurchaseSummary;
  /** The person as the customer of each brand that they bought from, as the last refresh stored it. */
  readonly brandProfiles: ReadonlyArray<BrandProfile>;
  /** Messages that the person was sent, the newest first. */
  readonly touches: TouchConnection;
  /** What the person did, the newest first. */
  readonly events: EventConnection;
  /** What holds now of being contacted: the latest word for each channel and purpose; of one instant the refusal. A pair that is missing was never asked about. */
  readonly consents: ReadonlyArray<Consent>;
  /** All that the person said about being contacted, the newest first. */
  readonly consentHistory: ConsentConnection;
  /** The OneID. */
  readonly oneId: Scalars['ID']['output'];
  /** Whether the OneID names somebody now. */
  readonly status: PersonStatus;
  /** The survivor, of a merged OneID. */
  readonly mergedInto: Maybe<Person>;
  /** OneIDs that were merged into this one; they still lead here. */
  readonly formerOneIds: ReadonlyArray<Scalars['ID']['output']>;
  /** When the OneID was minted. */
  readonly since: Scalars['DateTime']['output'];
  /** The identifiers that the person holds, by kind. */
  readonly identifiers: ReadonlyArray<Identifier>;
  /** Member accounts, over all brands. */
  readonly members: ReadonlyArray<Member>;
  /** Membership cards, over all brands. */
  readonly cards: ReadonlyArray<Card>;
  /** Shops and apps that know the person. */
  readonly shops: ReadonlyArray<Shop>;
  /** What happened to the OneID and to those merged into it, oldest first. */
  readonly history: ReadonlyArray<IdentityChange>;
};


/** A person: one component of identifiers, named by a OneID that lasts. */
export type PersonOrdersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  from?: InputMaybe<Scalars['DateTime']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
  status?: InputMaybe<ReadonlyArray<OrderStatus>>;
  brand?: InputMaybe<Scalars['ID']['input']>;
  shop?: InputMaybe<Scalars['ID']['input']>;
};


/** A person: one component of identifiers, named by a OneID that lasts. */
export type PersonSummaryArgs = {
  brand?: InputMaybe<Scalars['ID']['input']>;
  shop?: InputMaybe<Scalars['ID']['input']>;
  currency?: InputMaybe<Scalars['String']['input']>;
};


/** A person: one component of identifiers, named by a OneID that lasts. */
export type PersonTouchesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  from?: InputMaybe<Scalars['DateTime']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
  channel?: InputMaybe<Scalars['String']['input']>;
  campaign?: InputMaybe<Scalars['String']['input']>;
  outcome?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  brand?: InputMaybe<Scalars['ID']['input']>;
};


/** A person: one component of identifiers, named by a OneID that lasts. */
export type PersonEventsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  from?: InputMaybe<Scalars['DateTime']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
  type?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  brand?: InputMaybe<Scalars['ID']['input']>;
};


/** A person: one component of identifiers, named by a OneID that lasts. */
export type PersonConsentsArgs = {
  channel?: InputMaybe<Scalars['String']['input']>;
  purpose?: InputMaybe<Scalars['String']['input']>;
  brand?: InputMaybe<Scalars['ID']['input']>;
};


/** A person: one component of identifiers, named by a OneID that lasts. */
export type PersonConsentHistoryArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  from?: InputMaybe<Scalars['DateTime']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
  channel?: InputMaybe<Scalars['String']['input']>;
  purpose?: InputMaybe<Scalars['String']['input']>;
  brand?: InputMaybe<Scalars['ID']['input']>;
};


/** A person: one component of identifiers, named by a OneID that lasts. */
export type PersonIdentifiersArgs = {
  kinds?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** One way to name a person. */
export type PersonBy =
  /** A OneID; one that was merged leads to the survivor. */
  { readonly oneId: Scalars['ID']['input']; readonly identifier?: never; }
  |  /** An identifier that the person holds. */
  { readonly oneId?: never; readonly identifier: IdentifierInput; };

/** A page, placed by sort values: what is written meanwhile never shifts it. */
export type PersonConnection = {
  /** The rows, in their order. */
  readonly edges: ReadonlyArray<PersonEdge>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A row of a page. */
export type PersonEdge = {
  /** `after` for what follows this row. */
  readonly cursor: Scalars['String']['output'];
  /** The row. */
  readonly node: Person;
};

/** Whether a OneID names somebody now. */
export type PersonStatus =
  /** It names a person. */
  | 'ACTIVE'
  /** It was merged; `mergedInto` is the survivor. */
  | 'MERGED'
  /** The person was erased. */
  | 'ERASED';

/** People whose identifiers would be grouped otherwise. */
export type PolicyChange = {
  /** MERGED, SPLIT, REGROUPED (as many as before), IDENTIFIERS_CHANGED, GONE or RETURNED. */
  readonly what: Scalars['String']['output'];
  /** The change and its first reason in words. */
  readonly says: Scalars['String']['output'];
  /** Identifiers that would be another person's, or nobody's. */
  readonly moved: Scalars['Int']['output'];
  /** Identifiers of all the people concerned. */
  readonly identifiers: Scalars['Int']['output'];
  /** How many people they are. */
  readonly peopleBefore: Scalars['Int']['output'];
  /** How many people they would be. */
  readonly peopleAfter: Scalars['Int']['output'];
  /** The people as they are, at most ten. */
  readonly before: ReadonlyArray<PolicyPerson>;
  /** The people as they would be, at most ten. */
  readonly after: ReadonlyArray<PolicyPerson>;
  /** Pairs that would join, or join no longer. */
  readonly evidenceChanged: Scalars['Int']['output'];
  /** Those pairs, at most ten: first those that people hang on, the strongest layer first. */
  readonly evidence: ReadonlyArray<PolicyEvidence>;
  /** Identifiers that would take no part any more, or would again; at most ten. */
  readonly dropped: ReadonlyArray<PolicyDropped>;
};

/** What another policy would change. Nothing is written, names are masked. */
export type PolicyDiff = {
  /** Why this policy cannot be put in force here; then everything else is zero. */
  readonly userErrors: ReadonlyArray<UserError>;
  /** Changed lines that hold for new observations alone. */
  readonly warnings: ReadonlyArray<UserError>;
  /** Identifiers that were looked at. */
  readonly identifiers: Scalars['Int']['output'];
  /** People with identifiers, now. */
  readonly peopleBefore: Scalars['Int']['output'];
  /** People with identifiers, then. */
  readonly peopleAfter: Scalars['Int']['output'];
  /** OneIDs that would be merged into others. */
  readonly merged: Scalars['Int']['output'];
  /** People who would be several. */
  readonly split: Scalars['Int']['output'];
  /** OneIDs that would be new. */
  readonly created: Scalars['Int']['output'];
  /** Merged OneIDs that would live again. */
  readonly returned: Scalars['Int']['output'];
  /** OneIDs that live on with identifiers more. */
  readonly gained: Scalars['Int']['output'];
  /** OneIDs that live on with some identifiers less. */
  readonly lost: Scalars['Int']['output'];
  /** Identifiers that would take no part any more. */
  readonly dropped: Scalars['Int']['output'];
  /** Identifiers that would take part again. */
  readonly revived: Scalars['Int']['output'];
  /** Pairs by state and reason. */
  readonly evidence: ReadonlyArray<PolicyEvidenceCount>;
  /** How many changes there are in all. */
  readonly changesTotal: Scalars['Int']['output'];
  /** The hundred largest, by identifiers that move, with their reasons. */
  readonly changes: ReadonlyArray<PolicyChange>;
  /** How long it took. */
  readonly seconds: Scalars['Float']['output'];
};

/** An identifier that takes part under one of the two policies alone. */
export type PolicyDropped = {
  /** The identifier. */
  readonly identifier: ShownIdentifier;
  /** Under the policy in force. */
  readonly now: PolicyStanding;
  /** Under the policy that was asked about. */
  readonly then: PolicyStanding;
};

/** A pair of identifiers that joins under one of the two policies alone. */
export type PolicyEvidence = {
  /** One end. */
  readonly a: ShownIdentifier;
  /** The other end. */
  readonly b: ShownIdentifier;
  /** Under the policy in force, as it is stored. */
  readonly now: PolicyStanding;
  /** Under the policy that was asked about. */
  readonly then: PolicyStanding;
};

/** How many pairs that were seen together stand how. */
export type PolicyEvidenceCount = {
  /** active, suppressed, inactive or pending. */
  readonly state: Scalars['String']['output'];
  /** Why they do not join. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** Pairs as stored. */
  readonly before: Scalars['Int']['output'];
  /** Pairs under the policy that was asked about. */
  readonly after: Scalars['Int']['output'];
};

/** A person, as it is or as it would be. */
export type PolicyPerson = {
  /** Its OneID; null of one that would be new. */
  readonly oneId: Maybe<Scalars['ID']['output']>;
  /** How many of its identifiers the change is about. */
  readonly identifiers: Scalars['Int']['output'];
  /** Its best identifier. */
  readonly owner: Maybe<ShownIdentifier>;
};

/** How a pair or an identifier stands under one of the two policies. */
export type PolicyStanding = {
  /** active, suppressed, inactive or pending. */
  readonly state: Scalars['String']['output'];
  /** Why it does not join: SHARED, LIMIT_EXCEEDED … */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** The line of that policy that says so, as a path: `kinds.phone.limit: 3`. */
  readonly rule: Maybe<Scalars['String']['output']>;
  /** The identifiers that keep the pair from joining, at most ten. */
  readonly blockedBy: ReadonlyArray<ShownIdentifier>;
};

/** One version of the identity policy, and what putting it in force changed. */
export type PolicyVersion = {
  /** Its number, from 1. */
  readonly version: Scalars['Int']['output'];
  /** The policy, in YAML or JSON. */
  readonly text: Scalars['String']['output'];
  /** Who put it in force. */
  readonly by: Scalars['String']['output'];
  /** Why, in their words. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** When. */
  readonly at: Scalars['DateTime']['output'];
  /** Whether it is in force. */
  readonly current: Scalars['Boolean']['output'];
  /** Whether people are still to be recomputed under it. */
  readonly unfinished: Scalars['Boolean']['output'];
  /** How many people it made. */
  readonly peopleCreated: Scalars['Int']['output'];
  /** How many people it merged into others. */
  readonly peopleMerged: Scalars['Int']['output'];
  /** How many people were split, and the new part got a OneID of its own. */
  readonly peopleSplit: Scalars['Int']['output'];
  /** How many merged people it brought back under their OneIDs. */
  readonly peopleReturned: Scalars['Int']['output'];
  /** How many identifiers belong to somebody else since. */
  readonly identifiersMoved: Scalars['Int']['output'];
};

/** Something that is sold. */
export type Product = Node & {
  /** The global id, for `node`. */
  readonly id: Scalars['ID']['output'];
  /** The product's key, as observations name it. */
  readonly key: Scalars['ID']['output'];
  /** What people call it. */
  readonly name: Maybe<Scalars['String']['output']>;
  /** What kind of product it is. */
  readonly category: Maybe<Scalars['String']['output']>;
};

/** Two accounts that a match rule takes for one person's; it influences nothing. */
export type Proposal = {
  /** One account. */
  readonly a: Identifier;
  /** The other account. */
  readonly b: Identifier;
  /** The policy's match rule that found it. */
  readonly rule: Scalars['String']['output'];
  /** How sure the rule is, 0 to 1. */
  readonly confidence: Scalars['Float']['output'];
};

/** A page, placed by sort values: what is written meanwhile never shifts it. */
export type ProposalConnection = {
  /** The rows, in their order. */
  readonly edges: ReadonlyArray<ProposalEdge>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A row of a page. */
export type ProposalEdge = {
  /** `after` for what follows this row. */
  readonly cursor: Scalars['String']['output'];
  /** The row. */
  readonly node: Proposal;
};

/** A proposal, by its two accounts. */
export type ProposalInput = {
  /** One account. */
  readonly a: IdentifierInput;
  /** The other account. */
  readonly b: IdentifierInput;
};

/** What became of the proposals that were answered. */
export type ProposalsPayload = {
  /** The operations that answered them, for `undo`. */
  readonly operations: ReadonlyArray<Scalars['ID']['output']>;
  /** Those that could not be answered so, each at its place; they are left as they were. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What a person has bought, over orders that are PAID, SHIPPED or COMPLETED now, of one currency, worked out from the orders as they are. Days are those of the deployment's time zone. */
export type PurchaseSummary = {
  /** How many orders. */
  readonly orders: Scalars['Int']['output'];
  /** How many pieces, over their lines. */
  readonly pieces: Scalars['Int']['output'];
  /** What they cost, after discount. */
  readonly paid: Scalars['Decimal']['output'];
  /** What was taken off. */
  readonly discount: Scalars['Decimal']['output'];
  /** What was paid back of them; an order that was refunded as a whole counts nowhere. */
  readonly refunded: Scalars['Decimal']['output'];
  /** What they cost less what was paid back. */
  readonly net: Scalars['Decimal']['output'];
  /** The currency of the money, ISO 4217. */
  readonly currency: Scalars['String']['output'];
  /** When the first of them was paid. */
  readonly firstAt: Maybe<Scalars['DateTime']['output']>;
  /** When the last of them was paid. */
  readonly lastAt: Maybe<Scalars['DateTime']['output']>;
  /** Days from one purchase to the next, on average; orders of one day are one purchase. Null before the second. */
  readonly averageIntervalDays: Maybe<Scalars['Float']['output']>;
  /** The most days from one purchase to the next. */
  readonly longestIntervalDays: Maybe<Scalars['Int']['output']>;
};

/** Everything that can be read. */
export type Query = {
  /** Anything by its global id; a merged person answers itself, with the status MERGED. */
  readonly node: Maybe<Node>;
  /** At most a thousand things by their global ids, in their order; null where nothing is. */
  readonly nodes: ReadonlyArray<Maybe<Node>>;
  /** The living person of a OneID or an identifier; null when nobody has it. */
  readonly person: Maybe<Person>;
  /** At most a thousand people in one read: in the order that they are asked in, null where nobody is. */
  readonly people: ReadonlyArray<Maybe<Person>>;
  /** People whom a text finds, the best match first: a OneID or any identifier as a whole; the beginning of a member or card number of any brand; with the scope pii:read also a name or any part of one, and the last four or more digits of a phone. Within the brands that the caller may see. */
  readonly searchPeople: PersonConnection;
  /** The change feed from its beginning, or after a cursor. A consumer keeps `endCursor` and comes back. */
  readonly changes: ChangeConnection;
  /** What people decided about identity, the newest first: all of it, of one actor, of some types, or about an identifier. */
  readonly operations: OperationConnection;
  /** The identity policy that is in force. */
  readonly policy: Maybe<PolicyVersion>;
  /** Every version of the identity policy, the newest first. */
  readonly policyVersions: ReadonlyArray<PolicyVersion>;
  /** Why two identifiers are one person: the strongest evidence between them, in words as well. */
  readonly why: Why;
  /** Why two identifiers are not one person: what keeps them apart, and what one could do. */
  readonly whyNot: WhyNot;
  /** Whose an identifier was at a time: the person as it was known then, also one that was merged since; null before it was first seen, while it was nobody's, and once it is erased. */
  readonly ownerOf: Maybe<Person>;
  /** What match rules propose, the surest first: of one rule, or of all; none for callers of some brands alone. */
  readonly proposals: ProposalConnection;
  /** What another policy (YAML text) would change if it were put in force now, and why. Writes nothing. */
  readonly simulatePolicy: PolicyDiff;
  /** How the graph is, and what to do about it: the largest people, bridges, shared and pending identifiers, conflict rates, orphans, jobs. Read from the latest measurement. */
  readonly graphHealth: GraphHealth;
  /** The brands of the group that the caller may see, by key. */
  readonly brands: BrandConnection;
};


/** Everything that can be read. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/** Everything that can be read. */
export type QueryNodesArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


/** Everything that can be read. */
export type QueryPersonArgs = {
  by: PersonBy;
};


/** Everything that can be read. */
export type QueryPeopleArgs = {
  by: ReadonlyArray<PersonBy>;
};


/** Everything that can be read. */
export type QuerySearchPeopleArgs = {
  text: Scalars['String']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** Everything that can be read. */
export type QueryChangesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  types?: InputMaybe<ReadonlyArray<ChangeType>>;
};


/** Everything that can be read. */
export type QueryOperationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  by?: InputMaybe<Scalars['String']['input']>;
  types?: InputMaybe<ReadonlyArray<OperationType>>;
  identifier?: InputMaybe<IdentifierInput>;
};


/** Everything that can be read. */
export type QueryWhyArgs = {
  a: IdentifierInput;
  b: IdentifierInput;
};


/** Everything that can be read. */
export type QueryWhyNotArgs = {
  a: IdentifierInput;
  b: IdentifierInput;
};


/** Everything that can be read. */
export type QueryOwnerOfArgs = {
  identifier: IdentifierInput;
  at: Scalars['DateTime']['input'];
};


/** Everything that can be read. */
export type QueryProposalsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  rule?: InputMaybe<Scalars['String']['input']>;
  minConfidence?: InputMaybe<Scalars['Float']['input']>;
};


/** Everything that can be read. */
export type QuerySimulatePolicyArgs = {
  policy: Scalars['String']['input'];
};


/** Everything that can be read. */
export type QueryBrandsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** Who receives an order. It says nothing of who the customer is. */
export type Recipient = {
  /** Name, phone and address as everybody may see them, masked. */
  readonly display: Scalars['String']['output'];
  /** For callers with the scope pii:read. */
  readonly name: Maybe<Scalars['String']['output']>;
  /** For callers with the scope pii:read. */
  readonly phone: Maybe<Scalars['String']['output']>;
  /** For callers with the scope pii:read. */
  readonly address: Maybe<Scalars['String']['output']>;
};

/** Who receives an order: sealed, and never evidence of who anybody is. */
export type RecipientInput = {
  /** The recipient's name. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** The recipient's phone. */
  readonly phone?: InputMaybe<Scalars['String']['input']>;
  /** Where it goes. */
  readonly address?: InputMaybe<Scalars['String']['input']>;
};

/** An observation that was rejected, or taken with a warning. */
export type Rejection = {
  /** Its place in the list, from 0. */
  readonly index: Scalars['Int']['output'];
  /** Its id. */
  readonly id: Maybe<Scalars['ID']['output']>;
  /** Why, in UPPER_CASE. */
  readonly code: Scalars['String']['output'];
  /** Why, for people. */
  readonly message: Scalars['String']['output'];
  /** The path inside the observation. */
  readonly field: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

/** A shop, counter or app of a brand on a platform. */
export type Shop = Node & {
  /** The global id, for `node`. */
  readonly id: Scalars['ID']['output'];
  /** The shop's key, as observations name it. */
  readonly key: Scalars['ID']['output'];
  /** What people call it. */
  readonly name: Maybe<Scalars['String']['output']>;
  /** Where it is: tmall, jd, douyin, wechat-mini-program, offline … */
  readonly platform: Maybe<Scalars['String']['output']>;
  /** The brand that it belongs to. */
  readonly brand: Maybe<Brand>;
};

/** A page, placed by sort values: what is written meanwhile never shifts it. */
export type ShopConnection = {
  /** The rows, in their order. */
  readonly edges: ReadonlyArray<ShopEdge>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A row of a page. */
export type ShopEdge = {
  /** `after` for what follows this row. */
  readonly cursor: Scalars['String']['output'];
  /** The row. */
  readonly node: Shop;
};

/** The shop or app where something was observed. */
export type ShopInput = {
  /** The shop's key. */
  readonly key: Scalars['ID']['input'];
  /** What people call it. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Where it is: tmall, jd, douyin, wechat-mini-program, offline … */
  readonly platform?: InputMaybe<Scalars['String']['input']>;
  /** The brand that it belongs to. */
  readonly brand?: InputMaybe<Scalars['String']['input']>;
};

/** An identifier as everybody may see it. */
export type ShownIdentifier = {
  /** Its kind. */
  readonly kind: Scalars['String']['output'];
  /** The brand or app that it belongs to; `*` without one. */
  readonly scope: Scalars['String']['output'];
  /** The normalised value; null of a personal kind. */
  readonly value: Maybe<Scalars['String']['output']>;
  /** Its name, masked where it is personal. */
  readonly display: Scalars['String']['output'];
};

/** Whether an identifier joins anybody. */
export type Standing =
  /** It takes part. */
  | 'LIVE'
  /** Too many hold it. */
  | 'SHARED'
  /** Its value identifies nobody. */
  | 'BLOCKED'
  /** It was not seen for too long. */
  | 'EXPIRED'
  /** It was erased; nothing is kept of it. */
  | 'ERASED'
  /** No source has reported it. */
  | 'UNKNOWN';

/** A tag that a source set. */
export type TagInput = {
  /** The tag's key. */
  readonly key: Scalars['ID']['input'];
  /** Its value, for a tag that has values. */
  readonly value?: InputMaybe<Scalars['String']['input']>;
  /** The dependent that carries it, instead of the person. */
  readonly dependent?: InputMaybe<Scalars['ID']['input']>;
};

/** A message that was sent to somebody. */
export type Touch = Node & {
  /** The global id, for `node`. */
  readonly id: Scalars['ID']['output'];
  /** The message's key, as observations name it. */
  readonly ref: Scalars['ID']['output'];
  /** When it was sent. */
  readonly at: Scalars['DateTime']['output'];
  /** How it was sent: SMS, EMAIL, WECHAT … */
  readonly channel: Scalars['String']['output'];
  /** What it was part of. */
  readonly campaign: Maybe<Scalars['String']['output']>;
  /** What became of it. */
  readonly outcome: Maybe<Scalars['String']['output']>;
  /** Who told of it. */
  readonly source: Scalars['String']['output'];
  /** The brand that sent it. */
  readonly brand: Maybe<Brand>;
  /** The identifier that it hangs on; null for a caller whose brands do not know that. */
  readonly identifier: Maybe<Identifier>;
  /** The living person whom it was sent to. */
  readonly person: Maybe<Person>;
};

/** A page of messages. */
export type TouchConnection = {
  /** The rows, in their order. */
  readonly edges: ReadonlyArray<TouchEdge>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A row of a page. */
export type TouchEdge = {
  /** `after` for what follows this row. */
  readonly cursor: Scalars['String']['output'];
  /** The row. */
  readonly node: Touch;
};

/** A message that was sent. */
export type TouchInput = {
  /** The message's key. */
  readonly key: Scalars['ID']['input'];
  /** How it was sent: SMS, EMAIL, WECHAT … */
  readonly channel: Scalars['String']['input'];
  /** What it was part of. */
  readonly campaign?: InputMaybe<Scalars['String']['input']>;
  /** What became of it. */
  readonly outcome?: InputMaybe<Scalars['String']['input']>;
};

/** A problem of an input that the caller can mend. */
export type UserError = {
  /** The path of the input that it is about. */
  readonly field: ReadonlyArray<Scalars['String']['output']>;
  /** What a program compares, in UPPER_CASE. */
  readonly code: Scalars['String']['output'];
  /** What a person reads. */
  readonly message: Scalars['String']['output'];
  /** What would be allowed. */
  readonly allowed: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** What to do about it. */
  readonly suggestion: Maybe<Scalars['String']['output']>;
};

/** Why two identifiers are one person. */
export type Why = {
  /** Whether they are one person. */
  readonly joined: Scalars['Boolean']['output'];
  /** How they stand to each other. */
  readonly code: WhyCode;
  /** The whole answer in words. */
  readonly text: Scalars['String']['output'];
  /** The same, sentence by sentence. */
  readonly sentences: ReadonlyArray<Scalars['String']['output']>;
  /** The two that were asked about. */
  readonly parties: ReadonlyArray<WhyParty>;
  /** Steps that rest on evidence of brands the caller does not see. */
  readonly hidden: Scalars['Int']['output'];
  /** The first of the two; null when it is not there. */
  readonly a: Maybe<Identifier>;
  /** The second one. */
  readonly b: Maybe<Identifier>;
  /** The person that they are. */
  readonly person: Maybe<Person>;
  /** The strongest path of active evidence from the first to the second: its weakest step is strongest. */
  readonly steps: ReadonlyArray<WhyStep>;
};

/** Something that keeps the two apart. */
export type WhyBlocker = {
  /** LIMIT_EXCEEDED, NEVER_LINKED, SHARED, NEUTRAL, CLAIMED, UNLINKED, EXPIRED … */
  readonly reason: Scalars['String']['output'];
  /** The evidence that it keeps from joining; null where another brand's. */
  readonly pair: Maybe<WhyStep>;
  /** The identifiers that block it, of those that the caller may see. */
  readonly blockedBy: ReadonlyArray<Identifier>;
  /** The limit that is full, for LIMIT_EXCEEDED. */
  readonly limit: Maybe<WhyLimit>;
  /** What the two say differently of themselves, for CONTRADICTION. */
  readonly attribute: Maybe<Scalars['String']['output']>;
  /** With how many the shared identifier was seen, for SHARED. */
  readonly ties: Maybe<Scalars['Int']['output']>;
  /** What people decided, for NEVER_LINKED and UNLINKED. */
  readonly decisions: ReadonlyArray<WhyDecision>;
  /** Whether it would come up only once what is before it has gone. */
  readonly further: Scalars['Boolean']['output'];
};

/** How two identifiers stand to each other. */
export type WhyCode =
  /** They are one person. */
  | 'JOINED'
  /** They are one and the same identifier. */
  | 'SAME'
  /** They are not, and something keeps them apart. */
  | 'APART'
  /** They were never seen together, directly or over others. */
  | 'NEVER_SEEN'
  /** No source has reported one of them. */
  | 'UNKNOWN'
  /** One of them was erased. */
  | 'ERASED'
  /** A job has still to decide about them. */
  | 'PENDING';

/** A decision that people made about two identifiers. */
export type WhyDecision = {
  /** What was decided. */
  readonly kind: DecisionKind;
  /** The time that it holds for. */
  readonly at: Scalars['DateTime']['output'];
  /** The operation, for `undo`. */
  readonly operation: Maybe<Scalars['ID']['output']>;
  /** Who decided it. */
  readonly by: Maybe<Scalars['String']['output']>;
  /** Why, in their words. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** One of the two. */
  readonly a: Maybe<Identifier>;
  /** The other one. */
  readonly b: Maybe<Identifier>;
};

/** A limit of the policy that is full. */
export type WhyLimit = {
  /** The kinds that it counts together; none for all identifiers of a person. */
  readonly kinds: ReadonlyArray<Scalars['String']['output']>;
  /** The scope that it counts in, where it is one a scope. */
  readonly scope: Maybe<Scalars['String']['output']>;
  /** How many one person may hold. */
  readonly most: Scalars['Int']['output'];
  /** How many the two would hold together. */
  readonly held: Scalars['Int']['output'];
};

/** What one could do so that they become one person. */
export type WhyNextStep = {
  /** A mutation (link, unlink, undo, restore, approveProposals, jobRun), `ingest` for another sighting, or `policyApply`. */
  readonly operation: Scalars['String']['output'];
  /** What it is done with. */
  readonly identifiers: ReadonlyArray<Identifier>;
  /** The operation that an undo takes back. */
  readonly undoes: Maybe<Scalars['ID']['output']>;
  /** The place of the blocker that it removes; null when it is enough by itself. */
  readonly blocker: Maybe<Scalars['Int']['output']>;
  /** What to do, in words. */
  readonly text: Scalars['String']['output'];
};

/** Why two identifiers are not one person. */
export type WhyNot = {
  /** Whether they are one person after all. */
  readonly joined: Scalars['Boolean']['output'];
  /** How they stand to each other. */
  readonly code: WhyCode;
  /** The whole answer in words. */
  readonly text: Scalars['String']['output'];
  /** The same, sentence by sentence. */
  readonly sentences: ReadonlyArray<Scalars['String']['output']>;
  /** The two that were asked about. */
  readonly parties: ReadonlyArray<WhyParty>;
  /** What is left out since it is of brands the caller does not see. */
  readonly hidden: Scalars['Int']['output'];
  /** The first of the two; null when it is not there. */
  readonly a: Maybe<Identifier>;
  /** The second one. */
  readonly b: Maybe<Identifier>;
  /** What would have joined the two people directly, the strongest first, at most twenty. */
  readonly evidence: ReadonlyArray<WhyStep>;
  /** What keeps them apart, directly or over others: without it, the rule joins them. */
  readonly blockers: ReadonlyArray<WhyBlocker>;
  /** What one could do. */
  readonly nextSteps: ReadonlyArray<WhyNextStep>;
};

/** One of the two that are asked about. */
export type WhyParty = {
  /** Its kind. */
  readonly kind: Scalars['String']['output'];
  /** The brand or app that it belongs to; `*` without one. */
  readonly scope: Scalars['String']['output'];
  /** Its name, masked where it is personal. */
  readonly display: Scalars['String']['output'];
  /** Whether it joins anybody. */
  readonly standing: Standing;
  /** When it was erased, else its newest sighting; null for an unknown one. */
  readonly since: Maybe<Scalars['DateTime']['output']>;
  /** The person that holds it. */
  readonly oneId: Maybe<Scalars['ID']['output']>;
};

/** Two identifiers on the way from one to the other, and what is known of them. */
export type WhyStep = {
  /** Where the step starts. */
  readonly a: Maybe<Identifier>;
  /** Where it leads. */
  readonly b: Maybe<Identifier>;
  /** Whether it joins people now. */
  readonly state: EvidenceState;
  /** Why it does not: LIMIT_EXCEEDED, NEVER_LINKED, SHARED, UNLINKED … */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** The earliest sighting; null when only a link by hand joins them. */
  readonly firstSeen: Maybe<Scalars['DateTime']['output']>;
  /** The newest sighting. */
  readonly lastSeen: Maybe<Scalars['DateTime']['output']>;
  /** Who reported it. */
  readonly sources: ReadonlyArray<Scalars['String']['output']>;
  /** The brands that reported it, of those that the caller may see. */
  readonly brands: ReadonlyArray<Scalars['String']['output']>;
  /** How it is known: observed, manual, or how it was inferred. */
  readonly method: Scalars['String']['output'];
  /** How sure that is, 0 to 1. */
  readonly confidence: Scalars['Float']['output'];
  /** Whether a verified source or a person says so. */
  readonly verified: Scalars['Boolean']['output'];
  /** The link by hand that holds, if any. */
  readonly link: Maybe<WhyDecision>;
};
