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

/** A line of the change feed: a change of a person's OneID, numbered without gaps. */
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

/** What changed about a OneID. */
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
  | 'ERASED';

/** A yes or no to being contacted. */
export type ConsentInput = {
  /** How: SMS, EMAIL, WECHAT … */
  readonly channel: Scalars['String']['input'];
  /** What for. */
  readonly purpose: Scalars['String']['input'];
  /** Yes or no. */
  readonly granted: Scalars['Boolean']['input'];
};

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
  /** Its cluster waits to be replayed by a job. */
  | 'PENDING';

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
};


/** Everything that can be changed. */
export type MutationIngestArgs = {
  observations: ReadonlyArray<ObservationInput>;
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
export type PersonIdentifiersArgs = {
  kinds?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** One way to name a person. */
export type PersonBy =
  /** A OneID; one that was merged leads to the survivor. */
  { readonly oneId: Scalars['ID']['input']; readonly identifier?: never; }
  |  /** An identifier that the person holds. */
  { readonly oneId?: never; readonly identifier: IdentifierInput; };

/** Whether a OneID names somebody now. */
export type PersonStatus =
  /** It names a person. */
  | 'ACTIVE'
  /** It was merged; `mergedInto` is the survivor. */
  | 'MERGED'
  /** The person was erased. */
  | 'ERASED';

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
  /** The change feed from its beginning, or after a cursor. A consumer keeps `endCursor` and comes back. */
  readonly changes: ChangeConnection;
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
export type QueryChangesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  types?: InputMaybe<ReadonlyArray<ChangeType>>;
};


/** Everything that can be read. */
export type QueryBrandsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
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

/** A tag that a source set. */
export type TagInput = {
  /** The tag's key. */
  readonly key: Scalars['ID']['input'];
  /** Its value, for a tag that has values. */
  readonly value?: InputMaybe<Scalars['String']['input']>;
  /** The dependent that carries it, instead of the person. */
  readonly dependent?: InputMaybe<Scalars['ID']['input']>;
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
