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
  /** What is measured of the facts that a condition selects: COUNT, SUM_AMOUNT, LAST_AT …; what is measured of what is in docs/rules.md. */
  Measure: { input: string; output: string; }
  /** One of a person's bought orders: FIRST, LAST, or a number from 1. */
  Pick: { input: string | number; output: string | number; }
  /** A string, a number or a boolean. */
  Value: { input: string | number | boolean; output: string | number | boolean; }
  /** What a tag's value must be: a plain value, a list of them, or a Test. */
  ValueTest: { input: unknown; output: unknown; }
};

/** Somebody with the same tags and segments. */
export type Alike = {
  /** The other person. */
  readonly person: Maybe<Person>;
  /** The rarer what they have in common, the higher: the sum of 1/log2(1 + carriers). */
  readonly score: Scalars['Float']['output'];
  /** The keys of the tags that both carry. */
  readonly tags: ReadonlyArray<Scalars['String']['output']>;
  /** The keys of the segments that both are in. */
  readonly segments: ReadonlyArray<Scalars['String']['output']>;
};

/** A page of people who are alike. */
export type AlikeConnection = {
  /** The rows, in their order. */
  readonly edges: ReadonlyArray<AlikeEdge>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A row of a page. */
export type AlikeEdge = {
  /** `after` for what follows this row. */
  readonly cursor: Scalars['String']['output'];
  /** The row. */
  readonly node: Alike;
};

/** A day comes back in the coming days. */
export type AnniversaryCondition = {
  /** Which day. */
  readonly of: AnniversaryOf;
  /** With dependentBirthday: whose. */
  readonly where?: InputMaybe<AnniversaryLike>;
  /** In how many days, today included: 30d. */
  readonly next: Scalars['String']['input'];
};

/** Whose anniversary. */
export type AnniversaryLike = {
  /** Dependents of one of these kinds. */
  readonly kind?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Dependents of one of these. */
  readonly gender?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** The day that comes back. */
export type AnniversaryOf =
  /** The person's birthday. */
  | 'birthday'
  /** The day that a member account was opened. */
  | 'joinedAt'
  /** The birthday of a dependent. */
  | 'dependentBirthday';

/** Something that a source declared, under a name of its own. */
export type Attribute = {
  /** The source's name for it. */
  readonly name: Scalars['String']['output'];
  /** What it said. */
  readonly value: Scalars['Value']['output'];
};

/** What one account says of an attribute, or somebody corrected, and did not win. */
export type AttributeCandidate = {
  /** The value; a day as text, a name masked without pii:read. */
  readonly value: Scalars['Value']['output'];
  /** Who said it; of a correction, who made it. */
  readonly source: Maybe<Scalars['String']['output']>;
  /** When it was said. */
  readonly at: Scalars['DateTime']['output'];
  /** Whether it is a correction by hand, and not the newest. */
  readonly corrected: Scalars['Boolean']['output'];
  /** What it hangs on. */
  readonly identifier: WordIdentifier;
};

/** The resolved attribute of the person passes the test. */
export type AttributeCondition = {
  /** The name of the attribute or property. */
  readonly name: Scalars['String']['input'];
  /** What its value must pass. */
  readonly is: RuleTest;
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

/** The person has membership cards like that. */
export type CardCondition = {
  /** What they are like. */
  readonly where?: InputMaybe<CardWhere>;
  /** How many of them. */
  readonly quantifier?: InputMaybe<Quantifier>;
  /** With COUNT: what their number must pass. */
  readonly count?: InputMaybe<RuleTest>;
};

/** A page, placed by sort values: what is written meanwhile never shifts it. */
export type CardConnection = {
  /** The rows, in their order. */
  readonly edges: ReadonlyArray<CardEdge>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A row of a page. */
export type CardEdge = {
  /** `after` for what follows this row. */
  readonly cursor: Scalars['String']['output'];
  /** The row. */
  readonly node: Card;
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

/** What a card is like. */
export type CardLike = {
  /** Of one of these brands. */
  readonly brand?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Issued by one of these shops. */
  readonly shop?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** At one of these levels. */
  readonly level?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Its points pass this. */
  readonly points?: InputMaybe<RuleTest>;
  /** In one of these states. */
  readonly status?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Its first day passes this. */
  readonly validFrom?: InputMaybe<RuleTest>;
  /** Its last day passes this: {"next": "30d"} expires soon. */
  readonly validTo?: InputMaybe<RuleTest>;
};

/** What a card is like; all of it. */
export type CardWhere = {
  /** Of one of these brands. */
  readonly brand?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Issued by one of these shops. */
  readonly shop?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** At one of these levels. */
  readonly level?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Its points pass this. */
  readonly points?: InputMaybe<RuleTest>;
  /** In one of these states. */
  readonly status?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Its first day passes this. */
  readonly validFrom?: InputMaybe<RuleTest>;
  /** Its last day passes this: {"next": "30d"} expires soon. */
  readonly validTo?: InputMaybe<RuleTest>;
  /** Not all of this is true of it together. */
  readonly not?: InputMaybe<CardLike>;
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
  /** The stage of a lifecycle or a journey that was entered or left. */
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

/** One value in two segments. */
export type ComparedRow = {
  /** What the value is of. */
  readonly by: ProfileBy;
  /** The value; null: those who have none. */
  readonly value: Maybe<Scalars['String']['output']>;
  /** In the first, beside everybody. */
  readonly a: ProfileRow;
  /** In the second, beside everybody. */
  readonly b: ProfileRow;
  /** Share in the first / share in the second x 100. */
  readonly ratio: Maybe<Scalars['Float']['output']>;
};

/** Something that is worked out of a dependent on the day of the request. */
export type ComputedValue = {
  /** Its name in the kind's declaration: pregnancyWeek … */
  readonly name: Scalars['String']['output'];
  /** Whole days, weeks, months or years. */
  readonly value: Scalars['Int']['output'];
};

/** How many people match one condition of a rule by itself. */
export type ConditionCount = {
  /** The condition's path in the rule: all, 1, order. */
  readonly field: ReadonlyArray<Scalars['String']['output']>;
  /** How many match it. */
  readonly count: Count;
};

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

/** The person's latest consent says so. */
export type ConsentCondition = {
  /** The channel. */
  readonly channel: Scalars['String']['input'];
  /** The purpose. */
  readonly purpose: Scalars['String']['input'];
  /** False: it was refused. */
  readonly granted?: InputMaybe<Scalars['Boolean']['input']>;
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

/** How often a person was sent something on one channel, in the time asked for. */
export type ContactCount = {
  /** The channel. */
  readonly channel: Scalars['String']['output'];
  /** How many messages. */
  readonly count: Scalars['Int']['output'];
  /** When the last of them was sent. */
  readonly lastAt: Scalars['DateTime']['output'];
};

/** How many. */
export type Count = {
  /** The number. */
  readonly value: Scalars['Int']['output'];
  /** Whether it is the whole. */
  readonly precision: Precision;
};

/** Whose intervals say when somebody is expected again. */
export type CycleBasis =
  /** The person's own. */
  | 'PERSON'
  /** Everybody's: the person has bought once. */
  | 'BASE';

/** A line of the feed that a webhook could not be told. */
export type DeadLetter = {
  /** The line's number. */
  readonly number: Scalars['Int']['output'];
  /** What the receiver would get, as JSON. */
  readonly body: Scalars['String']['output'];
  /** How often it was tried. */
  readonly attempts: Scalars['Int']['output'];
  /** What came of the last attempt: STATUS_500, TIMEOUT, NOT_REACHED …, ADDRESS_REFUSED. */
  readonly error: Maybe<Scalars['String']['output']>;
  /** When that was. */
  readonly at: Scalars['DateTime']['output'];
  /** Whether it is about to be sent again. */
  readonly replay: Scalars['Boolean']['output'];
};

/** What somebody decided about two identifiers. */
export type DecisionKind =
  /** They are of one person. */
  | 'LINK'
  /** What was seen of them until then counts no more. */
  | 'UNLINK'
  /** They are never of one person. */
  | 'NEVER_LINK';

/** Somebody or something that a person looks after: a baby, a pet, an appliance … */
export type Dependent = Node & {
  /** The global id, for `node`. */
  readonly id: Scalars['ID']['output'];
  /** Its brand and the source's key, `mumu|b-1`. */
  readonly key: Scalars['ID']['output'];
  /** What it is: BABY, PET, APPLIANCE, or a kind that the deployment declares. */
  readonly kind: Scalars['String']['output'];
  /** Its name; masked for callers without the scope pii:read. */
  readonly name: Maybe<Scalars['String']['output']>;
  /** As the source said it. */
  readonly gender: Maybe<Scalars['String']['output']>;
  /** The birthday; one that lies ahead is the due date. */
  readonly birthday: Maybe<Scalars['Date']['output']>;
  /** Whole days since the birthday; negative before it. */
  readonly ageDays: Maybe<Scalars['Int']['output']>;
  /** Whole months since the birthday: 12 a year, and one less while the day of the month is not reached. */
  readonly ageMonths: Maybe<Scalars['Int']['output']>;
  /** Whole years since the birthday: months / 12, rounded down. */
  readonly ageYears: Maybe<Scalars['Int']['output']>;
  /** What it is to whom it belongs, in the newest words. */
  readonly relation: Maybe<Scalars['String']['output']>;
  /** When it was first told of. */
  readonly since: Scalars['DateTime']['output'];
  /** When it was told of last. */
  readonly last: Scalars['DateTime']['output'];
  /** The brand that registered it. */
  readonly brand: Maybe<Brand>;
  /** Who registered it, also under other keys that are the same dependent. */
  readonly sources: ReadonlyArray<Scalars['String']['output']>;
  /** What else was said of it, by name. */
  readonly attributes: ReadonlyArray<Attribute>;
  /** What its kind says is worked out, on the day of the request, of what is known. */
  readonly computed: ReadonlyArray<ComputedValue>;
  /** The tags that it carries, each once: by hand before by rule, then the latest. */
  readonly tags: ReadonlyArray<TagAssignment>;
  /** The living person whose it is; of several the first. */
  readonly owner: Maybe<Person>;
  /** Everybody whose it is, the first first. */
  readonly guardians: ReadonlyArray<Guardian>;
  /** The product that its model names. */
  readonly model: Maybe<Product>;
  /** The order that it was bought with. */
  readonly purchaseOrder: Maybe<Order>;
  /** Care, check-ins, questionnaires and what else happened with it, the newest first. */
  readonly events: EventConnection;
  /** What each source said of it and when, oldest first: the newest word of each under each key. */
  readonly history: ReadonlyArray<DependentWord>;
  /** The same dependent as other sources registered it; `dependentSeparate` takes two apart. */
  readonly duplicates: ReadonlyArray<Dependent>;
};


/** Somebody or something that a person looks after: a baby, a pet, an appliance … */
export type DependentEventsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  types?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** The person has babies, pets, appliances like that. */
export type DependentCondition = {
  /** What they are like. */
  readonly where?: InputMaybe<DependentWhere>;
  /** How many of them. */
  readonly quantifier?: InputMaybe<Quantifier>;
  /** With COUNT: what their number must pass. */
  readonly count?: InputMaybe<RuleTest>;
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

/** A kind of dependent, as `schema/dependents.yaml` declares it. */
export type DependentKind = {
  /** What observations call it: BABY … */
  readonly key: Scalars['ID']['output'];
  /** What people call it. */
  readonly title: Scalars['String']['output'];
  /** The second label of its nodes. */
  readonly label: Scalars['String']['output'];
  /** What makes two registrations on one person the same dependent; none: they never are. */
  readonly naturalKey: ReadonlyArray<Scalars['String']['output']>;
  /** name, gender, birthday, then what the kind declares. */
  readonly attributes: ReadonlyArray<DependentKindAttribute>;
  /** What is worked out. */
  readonly computed: ReadonlyArray<DependentKindComputed>;
};

/** An attribute that a kind of dependent declares. */
export type DependentKindAttribute = {
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** text, number, date, choice or list. */
  readonly type: Scalars['String']['output'];
  /** What may be chosen, of a choice. */
  readonly choices: ReadonlyArray<Scalars['String']['output']>;
  /** Whether it should always be said. */
  readonly required: Scalars['Boolean']['output'];
};

/** A value that is worked out of a dependent. */
export type DependentKindComputed = {
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** How it is worked out, as it is declared. */
  readonly rule: Scalars['String']['output'];
};

/** What a baby, a pet, an appliance is like. */
export type DependentLike = {
  /** Of one of these kinds. */
  readonly kind?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Of one of these. */
  readonly gender?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Its age in days passes this. */
  readonly ageDays?: InputMaybe<RuleTest>;
  /** Its age in whole months passes this. */
  readonly ageMonths?: InputMaybe<RuleTest>;
  /** Its age in whole years passes this. */
  readonly ageYears?: InputMaybe<RuleTest>;
  /** Its declared attributes pass these. */
  readonly attributes?: InputMaybe<ReadonlyArray<NamedTest>>;
  /** It carries one of these tags. */
  readonly tag?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** What a baby, a pet, an appliance is like; all of it. */
export type DependentWhere = {
  /** Of one of these kinds. */
  readonly kind?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Of one of these. */
  readonly gender?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Its age in days passes this. */
  readonly ageDays?: InputMaybe<RuleTest>;
  /** Its age in whole months passes this. */
  readonly ageMonths?: InputMaybe<RuleTest>;
  /** Its age in whole years passes this. */
  readonly ageYears?: InputMaybe<RuleTest>;
  /** Its declared attributes pass these. */
  readonly attributes?: InputMaybe<ReadonlyArray<NamedTest>>;
  /** It carries one of these tags. */
  readonly tag?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Not all of this is true of it together. */
  readonly not?: InputMaybe<DependentLike>;
};

/** One thing that was said of a dependent, and still holds under its key. */
export type DependentWord = {
  /** name, gender, birthday, kind, or a declared attribute. */
  readonly name: Scalars['String']['output'];
  /** The value; a day as text, a name masked without pii:read. */
  readonly value: Scalars['Value']['output'];
  /** When it was said. */
  readonly at: Scalars['DateTime']['output'];
  /** Who registered the dependent under this key. */
  readonly sources: ReadonlyArray<Scalars['String']['output']>;
  /** The brand's key; `*` without one. */
  readonly brand: Scalars['ID']['output'];
  /** The key of the dependent that it was said of. */
  readonly key: Scalars['ID']['output'];
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

/** The person behaved like that. */
export type EventCondition = {
  /** The type of behaviour. */
  readonly type: Scalars['String']['input'];
  /** Its properties pass these. */
  readonly where?: InputMaybe<ReadonlyArray<NamedTest>>;
  /** When it happened. */
  readonly within?: InputMaybe<RuleWindow>;
  /** What is measured: COUNT, DISTINCT_DAYS, one of time, SUM, AVG, MIN, MAX. */
  readonly measure?: InputMaybe<Scalars['Measure']['input']>;
  /** Whose numbers SUM, AVG, MIN and MAX are of. */
  readonly property?: InputMaybe<Scalars['String']['input']>;
  /** What the measure must pass; of COUNT, at least 1 if left out. */
  readonly is?: InputMaybe<RuleTest>;
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

/** A measure of a person's behaviours, as in a condition on events without its test. */
export type EventMeasure = {
  /** The type of behaviour. */
  readonly type: Scalars['String']['input'];
  /** Its properties pass these. */
  readonly where?: InputMaybe<ReadonlyArray<NamedTest>>;
  /** When it happened. */
  readonly within?: InputMaybe<RuleWindow>;
  /** What is measured: COUNT, DISTINCT_DAYS, one of time, SUM, AVG, MIN, MAX. */
  readonly measure?: InputMaybe<Scalars['Measure']['input']>;
  /** Whose numbers SUM, AVG, MIN and MAX are of. */
  readonly property?: InputMaybe<Scalars['String']['input']>;
};

/** Behaviours, as a step of a sequence. */
export type EventStep = {
  /** The type of behaviour. */
  readonly type: Scalars['String']['input'];
  /** Its properties pass these. */
  readonly where?: InputMaybe<ReadonlyArray<NamedTest>>;
  /** When it happened. */
  readonly within?: InputMaybe<RuleWindow>;
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

/** One condition of a rule, for one person. At most 20 facts, the newest first. */
export type ExplainedCondition = {
  /** The condition's path in the rule: all, 1, order; on into saved segments. */
  readonly field: ReadonlyArray<Scalars['String']['output']>;
  /** Whether it is true of the person. */
  readonly holds: Scalars['Boolean']['output'];
  /** What was found, and what is wanted. */
  readonly sentence: Scalars['String']['output'];
  /** How many facts it found, also those not shown. */
  readonly count: Scalars['Int']['output'];
  /** What is measured of them, where that is not how many: a sum, a day. */
  readonly measured: Maybe<Scalars['String']['output']>;
  /** The orders that it looks at. */
  readonly orders: ReadonlyArray<Order>;
  /** The messages that it looks at; of a sequence those of one chain. */
  readonly touches: ReadonlyArray<Touch>;
  /** The behaviours that it looks at; of a sequence those of one chain. */
  readonly events: ReadonlyArray<Event>;
  /** What was said last. */
  readonly consents: ReadonlyArray<Consent>;
  /** The dependents that are like that. */
  readonly dependents: ReadonlyArray<Dependent>;
  /** The accounts that are like that. */
  readonly members: ReadonlyArray<Member>;
  /** The cards that are like that. */
  readonly cards: ReadonlyArray<Card>;
  /** The identifiers of that kind, or on that list. */
  readonly identifiers: ReadonlyArray<Identifier>;
  /** The tag, where it is carried as the condition says. */
  readonly tags: ReadonlyArray<Tag>;
};

/** Why somebody is in a segment, or not. */
export type Explanation = {
  /** Whether the rule is true of the person now. */
  readonly holds: Scalars['Boolean']['output'];
  /** Whether the person is in: the rule holds, and share and limit take the person. */
  readonly taken: Scalars['Boolean']['output'];
  /** The same in words: matches the rule, but is not among the first 10,000. */
  readonly sentence: Scalars['String']['output'];
  /** The person. */
  readonly person: Maybe<Person>;
  /** Every condition from the top, with the facts that made it so; then the share and the limit, if any. */
  readonly conditions: ReadonlyArray<ExplainedCondition>;
  /** Everything that is wrong with the rule. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What a file of people is written as. */
export type ExportFormat =
  /** Text in UTF-8, one line a person. */
  | 'CSV'
  /** Columns with their types. */
  | 'PARQUET';

/** How far a file has come. */
export type ExportStatus =
  /** It is begun within seconds. */
  | 'WAITING'
  /** It is being written. */
  | 'RUNNING'
  /** It can be fetched until it expires. */
  | 'DONE'
  /** It could not be written; `error` says why. */
  | 'FAILED';

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

/** Whose a dependent is: one for each identifier that a message about it hung on. */
export type Guardian = {
  /** What it is to them, as the source says: child, mother of … */
  readonly relation: Maybe<Scalars['String']['output']>;
  /** When that was said first. */
  readonly since: Scalars['DateTime']['output'];
  /** When it was said last. */
  readonly last: Scalars['DateTime']['output'];
  /** The identifier; null for a caller whose brands do not know it. */
  readonly identifier: Maybe<Identifier>;
  /** The living person that holds it. */
  readonly person: Maybe<Person>;
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

/** The person holds an identifier of that kind, or lacks one. */
export type IdentifierCondition = {
  /** A kind of the identity policy, such as phone. */
  readonly kind: Scalars['String']['input'];
  /** Of this scope alone, such as an app; else of any. */
  readonly scope?: InputMaybe<Scalars['String']['input']>;
  /** False: the person has none. */
  readonly exists?: InputMaybe<Scalars['Boolean']['input']>;
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

/** Work that is done on schedule. */
export type Job = {
  /** Its name, for `jobRun`. */
  readonly name: Scalars['ID']['output'];
  /** What it does. */
  readonly about: Scalars['String']['output'];
  /** When it is due, in the deployment's time zone. */
  readonly schedule: Scalars['String']['output'];
  /** When it is due next. */
  readonly next: Scalars['DateTime']['output'];
  /** The process that is at it now. */
  readonly holder: Maybe<Scalars['String']['output']>;
  /** Its latest run; null of one without a history. */
  readonly last: Maybe<JobRun>;
  /** Its latest runs, the last started first. */
  readonly history: ReadonlyArray<JobRun>;
};

/** Something that a run counted. */
export type JobCount = {
  /** What was counted. */
  readonly name: Scalars['String']['output'];
  /** How many. */
  readonly count: Scalars['Int']['output'];
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

/** A run of a job. */
export type JobRun = {
  /** The time that it was due, and is for. */
  readonly slot: Scalars['DateTime']['output'];
  /** When it began. */
  readonly started: Scalars['DateTime']['output'];
  /** When it ended. */
  readonly finished: Maybe<Scalars['DateTime']['output']>;
  /** How far it has come. */
  readonly status: JobStatus;
  /** How often it was begun: above 1 when a process died. */
  readonly attempts: Scalars['Int']['output'];
  /** What it came to. */
  readonly counts: ReadonlyArray<JobCount>;
  /** What it left out because it failed: OneIDs. */
  readonly failures: ReadonlyArray<Scalars['String']['output']>;
  /** Why it ended early. */
  readonly error: Maybe<Scalars['String']['output']>;
};

/** What became of a run that was asked for. */
export type JobRunPayload = {
  /** The run; RUNNING when it takes longer than a request may, and goes on. */
  readonly run: Maybe<JobRun>;
  /** Why nothing was run. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** How far a run of a job has come. */
export type JobStatus =
  /** Somebody is at it, or died over it. */
  | 'RUNNING'
  /** Everything is done. */
  | 'DONE'
  /** All is done but for its failures. */
  | 'PARTIAL'
  /** It ended early; `error` says why. */
  | 'FAILED';

/** A declared way that people take, stage by stage. */
export type Journey = {
  /** Its key. */
  readonly key: Scalars['ID']['output'];
  /** What it is called. */
  readonly name: Scalars['String']['output'];
  /** The brand whose facts it is about; null: all. */
  readonly brand: Maybe<Scalars['ID']['output']>;
  /** Its stages in order, counted now. */
  readonly stages: ReadonlyArray<JourneyStage>;
};

/** Where a person is on a journey. */
export type JourneyPlace = {
  /** The key of the journey. */
  readonly journey: Scalars['ID']['output'];
  /** What the journey is called. */
  readonly journeyName: Scalars['String']['output'];
  /** The key of the stage: the last one whose rule holds. */
  readonly stage: Scalars['String']['output'];
  /** What the stage is called. */
  readonly name: Scalars['String']['output'];
  /** The brand whose facts it is about; null: all. */
  readonly brand: Maybe<Scalars['ID']['output']>;
  /** Since when, by the stage's own account, else since the refresh that saw it. */
  readonly since: Scalars['DateTime']['output'];
  /** The stage before; null at first. */
  readonly from: Maybe<Scalars['String']['output']>;
  /** Calendar days there, in the deployment's time zone. */
  readonly days: Scalars['Int']['output'];
};

/** One stage of a journey, and how many go on from it. */
export type JourneyStage = {
  /** Its key. */
  readonly stage: Scalars['String']['output'];
  /** What it is called. */
  readonly name: Scalars['String']['output'];
  /** Its place, from 0. */
  readonly place: Scalars['Int']['output'];
  /** How many are there now. */
  readonly people: Scalars['Int']['output'];
  /** How many have reached it, also those who went on. */
  readonly reached: Scalars['Int']['output'];
  /** How many of these have reached the next stage, not before this one. */
  readonly converted: Scalars['Int']['output'];
  /** converted / reached, to 6 decimals; null at the last stage. */
  readonly conversion: Maybe<Scalars['Float']['output']>;
  /** Calendar days from this stage to the next, in the middle of those. */
  readonly medianDays: Maybe<Scalars['Float']['output']>;
};

/** A saved segment's rule is matched, or the person is on an uploaded list. */
export type KeyCondition = {
  /** Its key. */
  readonly key: Scalars['String']['input'];
  /** False: not in it. */
  readonly in?: InputMaybe<Scalars['Boolean']['input']>;
};

/** How many nodes have a label. */
export type LabelCount = {
  /** The label. */
  readonly label: Scalars['String']['output'];
  /** Nodes with it, now. */
  readonly nodes: Scalars['Int']['output'];
};

/** The person is in the stage. */
export type LifecycleCondition = {
  /** The stage, or one of them. */
  readonly stage: ReadonlyArray<Scalars['String']['input']>;
  /** As this brand's customer; else as the group's. */
  readonly brand?: InputMaybe<Scalars['String']['input']>;
};

/** The stage that a person is in, as a brand's customer or as the group's. */
export type LifecycleStage = {
  /** Its key: NEW, ACTIVE, AT_RISK, LAPSED, LOST, PROSPECT, or as declared. */
  readonly stage: Scalars['String']['output'];
  /** What it is called. */
  readonly name: Scalars['String']['output'];
  /** The brand; null for the group. */
  readonly brand: Maybe<Scalars['ID']['output']>;
  /** The moment that the refresh which saw it was for. */
  readonly since: Scalars['DateTime']['output'];
  /** The stage before; null at first. */
  readonly from: Maybe<Scalars['String']['output']>;
  /** Calendar days in it, in the deployment's time zone. */
  readonly days: Scalars['Int']['output'];
};

/** What becomes of what is on a list already. */
export type ListMode =
  /** It stays. */
  | 'ADD'
  /** It comes off, unless it is uploaded again. */
  | 'REPLACE';

/** What became of an upload. */
export type ListPayload = {
  /** The list as it is now; null when it was refused. */
  readonly list: Maybe<UploadedList>;
  /** How many identifiers were given. */
  readonly received: Scalars['Int']['output'];
  /** How many of them are somebody's, each once. */
  readonly matched: Scalars['Int']['output'];
  /** How many of these are new on the list. */
  readonly added: Scalars['Int']['output'];
  /** How many came off, where the list was replaced. */
  readonly removed: Scalars['Int']['output'];
  /** How many came once more, in whatever spelling. */
  readonly duplicates: Scalars['Int']['output'];
  /** How many are nobody's, and not on the list. */
  readonly unmatched: Scalars['Int']['output'];
  /** The first hundred of these. */
  readonly unmatchedIdentifiers: ReadonlyArray<UnmatchedIdentifier>;
  /** Why it was refused; nothing was stored. */
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

/** The person has member accounts like that. */
export type MemberCondition = {
  /** What they are like. */
  readonly where?: InputMaybe<MemberWhere>;
  /** How many of them. */
  readonly quantifier?: InputMaybe<Quantifier>;
  /** With COUNT: what their number must pass. */
  readonly count?: InputMaybe<RuleTest>;
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

/** What a member account is like. */
export type MemberLike = {
  /** Of one of these brands. */
  readonly brand?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Issued by one of these shops. */
  readonly shop?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** At one of these levels. */
  readonly level?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Its points pass this. */
  readonly points?: InputMaybe<RuleTest>;
  /** The time it was opened passes this. */
  readonly joinedAt?: InputMaybe<RuleTest>;
};

/** What a member account is like; all of it. */
export type MemberWhere = {
  /** Of one of these brands. */
  readonly brand?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Issued by one of these shops. */
  readonly shop?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** At one of these levels. */
  readonly level?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Its points pass this. */
  readonly points?: InputMaybe<RuleTest>;
  /** The time it was opened passes this. */
  readonly joinedAt?: InputMaybe<RuleTest>;
  /** Not all of this is true of it together. */
  readonly not?: InputMaybe<MemberLike>;
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
  /** Says what an attribute of a person is, whatever accounts say: until `attributeRestore`, or a newer correction. */
  readonly attributeCorrect: IdentityPayload;
  /** Takes the corrections of an attribute back: what accounts say counts again. */
  readonly attributeRestore: IdentityPayload;
  /** Says that two dependents, by key or id, are never the same one, whatever is said of them. */
  readonly dependentSeparate: IdentityPayload;
  /** Takes a `dependentSeparate` back: what is said of the two decides again. */
  readonly dependentJoin: IdentityPayload;
  /** Defines a tag, or changes it: every version is kept. With `version`, only if that one is in force. */
  readonly tagDefine: TagPayload;
  /** Takes a tag out of use: nobody carries it any more. Refused while a rule asks about it. */
  readonly tagDelete: TagPayload;
  /** Sets a tag of a person or a dependent by hand; rules never take it off. */
  readonly tagAssign: TaggedPayload;
  /** Takes off a tag that was set by hand or by a source; what they said up to now does not bring it back. */
  readonly tagRemove: TaggedPayload;
  /** Saves a segment under a key. As an ACTIVE one it is filled by the job refresh-segments, within a minute; segmentRefresh does so at once. */
  readonly segmentCreate: SegmentPayload;
  /** Changes a segment: every version is kept. With `version`, only if that one is in force. */
  readonly segmentUpdate: SegmentPayload;
  /** Deletes a segment; whoever is in it leaves. Refused while a rule uses it. */
  readonly segmentDelete: SegmentPayload;
  /** Brings a segment to what its rule says of everybody now, and notes its size. */
  readonly segmentRefresh: SegmentPayload;
  /** Asks for a file of those who are in a saved segment by its definition now, or match a rule, with `share` and `limit` of those who are taken of them; it is then written in the background: follow it by `segmentExport`, fetch it by GET at its `url`. For callers without pii:read, personal values are masked, and their columns are called so. */
  readonly segmentExport: SegmentExportPayload;
  /** Puts identifiers on a list, each as `kind:value` or `kind:scope:value`; the list is made where there is none. More than a thousand at once are for the command `oneid list upload`. */
  readonly listUpload: ListPayload;
  /** Runs a job now, whatever its schedule; one that takes long goes on when the answer has come. */
  readonly jobRun: JobRunPayload;
  /** Registers an address that is told of lines of the feed, from now on or after a cursor of `changes`. The secret that signs deliveries is shown this once. */
  readonly webhookCreate: WebhookPayload;
  /** Changes a webhook: what is left out stays, a filter with null goes. With `renewSecret` what goes out from now on is signed with a new secret. */
  readonly webhookUpdate: WebhookPayload;
  /** Forgets a webhook and its dead letters. */
  readonly webhookDelete: WebhookPayload;
  /** Sends a signed delivery of the type TEST, which is no line of the feed, and waits for its answer. */
  readonly webhookTest: WebhookTestPayload;
  /** Has dead letters sent again: all, or those of some numbers. */
  readonly webhookReplay: WebhookReplayPayload;
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


/** Everything that can be changed. */
export type MutationAttributeCorrectArgs = {
  person: PersonBy;
  name: Scalars['String']['input'];
  value: Scalars['Value']['input'];
  reason: Scalars['String']['input'];
};


/** Everything that can be changed. */
export type MutationAttributeRestoreArgs = {
  person: PersonBy;
  name: Scalars['String']['input'];
  reason: Scalars['String']['input'];
};


/** Everything that can be changed. */
export type MutationDependentSeparateArgs = {
  a: Scalars['ID']['input'];
  b: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


/** Everything that can be changed. */
export type MutationDependentJoinArgs = {
  a: Scalars['ID']['input'];
  b: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


/** Everything that can be changed. */
export type MutationTagDefineArgs = {
  tag: TagDefinitionInput;
  reason: Scalars['String']['input'];
  version?: InputMaybe<Scalars['Int']['input']>;
};


/** Everything that can be changed. */
export type MutationTagDeleteArgs = {
  key: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


/** Everything that can be changed. */
export type MutationTagAssignArgs = {
  tag: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
  person?: InputMaybe<PersonBy>;
  dependent?: InputMaybe<Scalars['ID']['input']>;
  value?: InputMaybe<Scalars['Value']['input']>;
  until?: InputMaybe<Scalars['DateTime']['input']>;
  brand?: InputMaybe<Scalars['String']['input']>;
};


/** Everything that can be changed. */
export type MutationTagRemoveArgs = {
  tag: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
  person?: InputMaybe<PersonBy>;
  dependent?: InputMaybe<Scalars['ID']['input']>;
};


/** Everything that can be changed. */
export type MutationSegmentCreateArgs = {
  segment: SegmentInput;
  reason: Scalars['String']['input'];
};


/** Everything that can be changed. */
export type MutationSegmentUpdateArgs = {
  key: Scalars['ID']['input'];
  changes: SegmentChanges;
  reason: Scalars['String']['input'];
  version?: InputMaybe<Scalars['Int']['input']>;
};


/** Everything that can be changed. */
export type MutationSegmentDeleteArgs = {
  key: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


/** Everything that can be changed. */
export type MutationSegmentRefreshArgs = {
  key: Scalars['ID']['input'];
};


/** Everything that can be changed. */
export type MutationSegmentExportArgs = {
  segment?: InputMaybe<Scalars['ID']['input']>;
  rule?: InputMaybe<SegmentRule>;
  share?: InputMaybe<Scalars['Float']['input']>;
  limit?: InputMaybe<SegmentLimit>;
  columns?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  format?: ExportFormat;
  bom?: Scalars['Boolean']['input'];
};


/** Everything that can be changed. */
export type MutationListUploadArgs = {
  key: Scalars['ID']['input'];
  identifiers: ReadonlyArray<Scalars['String']['input']>;
  name?: InputMaybe<Scalars['String']['input']>;
  mode?: ListMode;
};


/** Everything that can be changed. */
export type MutationJobRunArgs = {
  name: Scalars['ID']['input'];
};


/** Everything that can be changed. */
export type MutationWebhookCreateArgs = {
  url: Scalars['String']['input'];
  types?: InputMaybe<ReadonlyArray<ChangeType>>;
  brand?: InputMaybe<Scalars['ID']['input']>;
  tag?: InputMaybe<Scalars['ID']['input']>;
  segment?: InputMaybe<Scalars['ID']['input']>;
  stage?: InputMaybe<Scalars['String']['input']>;
  journey?: InputMaybe<Scalars['String']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** Everything that can be changed. */
export type MutationWebhookUpdateArgs = {
  id: Scalars['ID']['input'];
  url?: InputMaybe<Scalars['String']['input']>;
  types?: InputMaybe<ReadonlyArray<ChangeType>>;
  brand?: InputMaybe<Scalars['ID']['input']>;
  tag?: InputMaybe<Scalars['ID']['input']>;
  segment?: InputMaybe<Scalars['ID']['input']>;
  stage?: InputMaybe<Scalars['String']['input']>;
  journey?: InputMaybe<Scalars['String']['input']>;
  active?: InputMaybe<Scalars['Boolean']['input']>;
  renewSecret?: InputMaybe<Scalars['Boolean']['input']>;
};


/** Everything that can be changed. */
export type MutationWebhookDeleteArgs = {
  id: Scalars['ID']['input'];
};


/** Everything that can be changed. */
export type MutationWebhookTestArgs = {
  id: Scalars['ID']['input'];
};


/** Everything that can be changed. */
export type MutationWebhookReplayArgs = {
  id: Scalars['ID']['input'];
  numbers?: InputMaybe<ReadonlyArray<Scalars['Int']['input']>>;
};

/** A test of a declared attribute or property. */
export type NamedTest = {
  /** The name of the attribute or property. */
  readonly name: Scalars['String']['input'];
  /** What its value must pass. */
  readonly is: RuleTest;
};

/** Somebody who shares an identifier, an address or a dependent with the person. */
export type Neighbour = {
  /** The other person. */
  readonly person: Maybe<Person>;
  /** How many different things they share. */
  readonly strength: Scalars['Int']['output'];
  /** What they share. */
  readonly shared: ReadonlyArray<Shared>;
};

/** A page of neighbours. */
export type NeighbourConnection = {
  /** The rows, in their order. */
  readonly edges: ReadonlyArray<NeighbourEdge>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A row of a page. */
export type NeighbourEdge = {
  /** `after` for what follows this row. */
  readonly cursor: Scalars['String']['output'];
  /** The row. */
  readonly node: Neighbour;
};

/** Anything with a global id. */
export type Node = {
  /** The global id, for `node`. */
  readonly id: Scalars['ID']['output'];
};

/** What must not happen, as the last step of a sequence. */
export type NotStep =
  /** A behaviour. */
  { readonly event: EventStep; readonly order?: never; readonly touch?: never; }
  |  /** An order. */
  { readonly event?: never; readonly order: OrderStep; readonly touch?: never; }
  |  /** A message. */
  { readonly event?: never; readonly order?: never; readonly touch: TouchStep; };

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
  /** An attribute of a person is what somebody says. */
  | 'ATTRIBUTE_CORRECT'
  /** Corrections of an attribute were taken back. */
  | 'ATTRIBUTE_RESTORE'
  /** Two dependents are never the same one. */
  | 'DEPENDENT_SEPARATE'
  /** What took two dependents apart was taken back. */
  | 'DEPENDENT_JOIN'
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

/** A measure of the orders that are selected passes the test. */
export type OrderCondition = {
  /** What the order is like. */
  readonly where?: InputMaybe<OrderWhere>;
  /** When it was paid. */
  readonly within?: InputMaybe<RuleWindow>;
  /** What is measured of them: see docs/rules.md. */
  readonly measure?: InputMaybe<Scalars['Measure']['input']>;
  /** What the measure must pass; of COUNT, at least 1 if left out. */
  readonly is?: InputMaybe<RuleTest>;
  /** The time that the window and the measures of time read. */
  readonly timeOf?: InputMaybe<TimeOf>;
  /** FIRST, LAST or the n-th of the person's bought orders alone. */
  readonly pick?: InputMaybe<Scalars['Pick']['input']>;
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

/** What an order is like. */
export type OrderLike = {
  /** A line has one of these products. */
  readonly product?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** It has all of these products. */
  readonly allProducts?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** The same line's product is of one of these categories. */
  readonly category?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Placed at one of these shops. */
  readonly shop?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Its shop is on one of these platforms. */
  readonly platform?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Told of by one of these brands. */
  readonly brand?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** In one of these states; else bought. */
  readonly status?: InputMaybe<ReadonlyArray<OrderStatus>>;
  /** In one of these currencies; else the deployment's. */
  readonly currency?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Paid minus refunded, of the matching lines, passes this. */
  readonly amount?: InputMaybe<RuleTest>;
  /** The discount of the matching lines passes this. */
  readonly discount?: InputMaybe<RuleTest>;
  /** What was refunded of the matching lines passes this. */
  readonly refunded?: InputMaybe<RuleTest>;
  /** The pieces of the matching lines pass this. */
  readonly quantity?: InputMaybe<RuleTest>;
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

/** A measure of a person's orders, as in a condition on orders without its test. */
export type OrderMeasure = {
  /** What the order is like. */
  readonly where?: InputMaybe<OrderWhere>;
  /** When it was paid. */
  readonly within?: InputMaybe<RuleWindow>;
  /** What is measured of them: see docs/rules.md. */
  readonly measure?: InputMaybe<Scalars['Measure']['input']>;
  /** The time that the window and the measures of time read. */
  readonly timeOf?: InputMaybe<TimeOf>;
  /** FIRST, LAST or the n-th of the person's bought orders alone. */
  readonly pick?: InputMaybe<Scalars['Pick']['input']>;
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

/** Orders, as a step of a sequence. */
export type OrderStep = {
  /** What the order is like. */
  readonly where?: InputMaybe<OrderWhere>;
  /** When it was paid. */
  readonly within?: InputMaybe<RuleWindow>;
};

/** What an order is like; all of it. */
export type OrderWhere = {
  /** A line has one of these products. */
  readonly product?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** It has all of these products. */
  readonly allProducts?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** The same line's product is of one of these categories. */
  readonly category?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Placed at one of these shops. */
  readonly shop?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Its shop is on one of these platforms. */
  readonly platform?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Told of by one of these brands. */
  readonly brand?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** In one of these states; else bought. */
  readonly status?: InputMaybe<ReadonlyArray<OrderStatus>>;
  /** In one of these currencies; else the deployment's. */
  readonly currency?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Paid minus refunded, of the matching lines, passes this. */
  readonly amount?: InputMaybe<RuleTest>;
  /** The discount of the matching lines passes this. */
  readonly discount?: InputMaybe<RuleTest>;
  /** What was refunded of the matching lines passes this. */
  readonly refunded?: InputMaybe<RuleTest>;
  /** The pieces of the matching lines pass this. */
  readonly quantity?: InputMaybe<RuleTest>;
  /** Not all of this is true of the whole order together. */
  readonly not?: InputMaybe<OrderLike>;
};

/** What two segments have in common. */
export type OverlapPair = {
  /** The first. */
  readonly a: Scalars['ID']['output'];
  /** The second. */
  readonly b: Scalars['ID']['output'];
  /** How many are in both. */
  readonly both: Scalars['Int']['output'];
  /** In both / in either; null of two empty ones. */
  readonly jaccard: Maybe<Scalars['Float']['output']>;
  /** The part of the first that is in the second. */
  readonly aInB: Maybe<Scalars['Float']['output']>;
  /** The part of the second that is in the first. */
  readonly bInA: Maybe<Scalars['Float']['output']>;
};

/** People who are in exactly these segments of those compared. */
export type OverlapRegion = {
  /** The keys of those that they are in. */
  readonly segments: ReadonlyArray<Scalars['ID']['output']>;
  /** How many. */
  readonly count: Scalars['Int']['output'];
};

/** How many are in one segment of those compared. */
export type OverlapSize = {
  /** Its key. */
  readonly segment: Scalars['ID']['output'];
  /** How many match its rule now. */
  readonly count: Scalars['Int']['output'];
};

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

/** The shortest way from one person to another. */
export type Path = {
  /** The steps, in order. */
  readonly steps: ReadonlyArray<PathStep>;
  /** How many steps it has. */
  readonly length: Scalars['Int']['output'];
};

/** One step of a path. */
export type PathStep = {
  /** Where it starts. */
  readonly start: Node;
  /** Where it leads. */
  readonly end: Node;
  /** How they are tied: IDENTIFIES, LINKED, DEPENDENT_OF. */
  readonly relationship: Scalars['String']['output'];
  /** Of evidence: whether it joins people. */
  readonly state: Maybe<EvidenceState>;
  /** Of evidence that joins nobody: why not. */
  readonly reason: Maybe<Scalars['String']['output']>;
};

/** A person: one component of identifiers, named by a OneID that lasts. */
export type Person = Node & {
  /** The global id, for `node`. */
  readonly id: Scalars['ID']['output'];
  /** The name; masked for callers without the scope pii:read. */
  readonly name: Maybe<Scalars['String']['output']>;
  /** `male`, `female`, or as the source said it. */
  readonly gender: Maybe<Scalars['String']['output']>;
  /** The birthday. */
  readonly birthday: Maybe<Scalars['Date']['output']>;
  /** The city. */
  readonly city: Maybe<Scalars['String']['output']>;
  /** All resolved attributes that have a value, those of the deployment included, each with its source, its time and the words that it beat. */
  readonly attributes: ReadonlyArray<ResolvedAttribute>;
  /** Babies, pets, appliances and what else the person looks after, of some kinds or of all. One that several sources registered is shown once. `where` tests each as the condition `dependent` of a rule does. */
  readonly dependents: ReadonlyArray<Dependent>;
  /** How often the person was sent something lately, by channel; a channel without any is missing. */
  readonly contacts: ReadonlyArray<ContactCount>;
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
  /** What the person did, was told and became, of all kinds or of some, the newest first. */
  readonly timeline: TimelineConnection;
  /** People who are not this person and share something with it, a household perhaps: an identifier that both were seen with, an order's address, a dependent. Whoever shares most comes first. What more than a hundred are tied to is no household's, and is passed over. */
  readonly neighbours: NeighbourConnection;
  /** People with the same tags and segments, whoever shares the rarest first; of this person's rarest ten, without those that more than a thousand carry. For callers of every brand. */
  readonly alike: AlikeConnection;
  /** The stage that the person is in; null of a brand that it has not bought from. */
  readonly lifecycle: Maybe<LifecycleStage>;
  /** How lately, how often and for how much; null of who has not bought, or not been scored yet. */
  readonly rfm: Maybe<Rfm>;
  /** Where the person is on each journey that it is on. */
  readonly journeys: ReadonlyArray<JourneyPlace>;
  /** How long the person takes to buy again, and when it is expected next, worked out now. */
  readonly repurchase: Maybe<RepurchaseCycle>;
  /** The same for each category of products that the person has bought, by name. */
  readonly repurchaseByCategory: ReadonlyArray<RepurchaseCycle>;
  /** The saved segments that the person is in, by key. */
  readonly segments: ReadonlyArray<SegmentMembership>;
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
  /** The tags that the person carries, each once: by hand before by rule, then the latest. */
  readonly tags: ReadonlyArray<TagAssignment>;
  /** When tags came and went, and why, oldest first; those of dependents, too. */
  readonly tagHistory: ReadonlyArray<TagChange>;
};


/** A person: one component of identifiers, named by a OneID that lasts. */
export type PersonDependentsArgs = {
  kinds?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  where?: InputMaybe<DependentWhere>;
};


/** A person: one component of identifiers, named by a OneID that lasts. */
export type PersonContactsArgs = {
  last?: Scalars['String']['input'];
  channel?: InputMaybe<Scalars['String']['input']>;
  outcome?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  brand?: InputMaybe<Scalars['ID']['input']>;
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
export type PersonTimelineArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  types?: InputMaybe<ReadonlyArray<TimelineType>>;
};


/** A person: one component of identifiers, named by a OneID that lasts. */
export type PersonNeighboursArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A person: one component of identifiers, named by a OneID that lasts. */
export type PersonAlikeArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A person: one component of identifiers, named by a OneID that lasts. */
export type PersonLifecycleArgs = {
  brand?: InputMaybe<Scalars['ID']['input']>;
};


/** A person: one component of identifiers, named by a OneID that lasts. */
export type PersonRfmArgs = {
  brand?: InputMaybe<Scalars['ID']['input']>;
};


/** A person: one component of identifiers, named by a OneID that lasts. */
export type PersonRepurchaseArgs = {
  category?: InputMaybe<Scalars['String']['input']>;
  brand?: InputMaybe<Scalars['ID']['input']>;
};


/** A person: one component of identifiers, named by a OneID that lasts. */
export type PersonRepurchaseByCategoryArgs = {
  brand?: InputMaybe<Scalars['ID']['input']>;
};


/** A person: one component of identifiers, named by a OneID that lasts. */
export type PersonIdentifiersArgs = {
  kinds?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};


/** A person: one component of identifiers, named by a OneID that lasts. */
export type PersonTagsArgs = {
  includeSubordinate?: Scalars['Boolean']['input'];
};


/** A person: one component of identifiers, named by a OneID that lasts. */
export type PersonTagHistoryArgs = {
  tag?: InputMaybe<Scalars['ID']['input']>;
};

/** One way to name a person. */
export type PersonBy =
  /** A OneID; one that was merged leads to the survivor. */
  { readonly oneId: Scalars['ID']['input']; readonly identifier?: never; readonly order?: never; }
  |  /** An identifier that the person holds. */
  { readonly oneId?: never; readonly identifier: IdentifierInput; readonly order?: never; }
  |  /** The number of an order that the person placed; with its brand, `mumu|20260301`, where several brands have that number. */
  { readonly oneId?: never; readonly identifier?: never; readonly order: Scalars['String']['input']; };

/** A page of people. */
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

/** Whether a count is the whole. */
export type Precision =
  /** So many, no more. */
  | 'EXACT'
  /** So many and more: counting took too long. */
  | 'AT_LEAST';

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
  /** Who bought it, by OneID: people with an order of it that is PAID, SHIPPED or COMPLETED (unless `where` asks for other states), in the deployment's currency unless `where` asks for another. */
  readonly buyers: PersonConnection;
  /** How many they are, with the same filters. Of a product with more than a million lines those of a million: AT_LEAST. */
  readonly buyerCount: Count;
};


/** Something that is sold. */
export type ProductBuyersArgs = {
  where?: InputMaybe<OrderWhere>;
  within?: InputMaybe<RuleWindow>;
  rule?: InputMaybe<SegmentRule>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** Something that is sold. */
export type ProductBuyerCountArgs = {
  where?: InputMaybe<OrderWhere>;
  within?: InputMaybe<RuleWindow>;
  rule?: InputMaybe<SegmentRule>;
};

/** A page, placed by sort values: what is written meanwhile never shifts it. */
export type ProductConnection = {
  /** The rows, in their order. */
  readonly edges: ReadonlyArray<ProductEdge>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A row of a page. */
export type ProductEdge = {
  /** `after` for what follows this row. */
  readonly cursor: Scalars['String']['output'];
  /** The row. */
  readonly node: Product;
};

/** What people are counted by. Who has several values counts with each. */
export type ProfileBy =
  /** The resolved gender. */
  | 'GENDER'
  /** The resolved city. */
  | 'CITY'
  /** Their age in years: 25-29. */
  | 'AGE_BAND'
  /** The level of a member account. */
  | 'LEVEL'
  /** A brand whose customer they are. */
  | 'BRAND'
  /** The stage of the lifecycle, of the group. */
  | 'LIFECYCLE'
  /** A tag that they carry. */
  | 'TAG'
  /** The score of how lately they bought, 1 to 5. */
  | 'RECENCY'
  /** The score of how often they bought, 1 to 5. */
  | 'FREQUENCY'
  /** The score of how much they paid, 1 to 5. */
  | 'MONETARY'
  /** What the three scores together are called. */
  | 'RFM_SEGMENT'
  /** A kind of dependent that they have. */
  | 'DEPENDENT_KIND'
  /** The age in months of a dependent: 6-11; unborn. */
  | 'DEPENDENT_AGE_BAND';

/** One value, in a segment and in what it is compared with. */
export type ProfileRow = {
  /** What the value is of. */
  readonly by: ProfileBy;
  /** The value; null: those who have none. */
  readonly value: Maybe<Scalars['String']['output']>;
  /** People of the segment with it. */
  readonly count: Scalars['Int']['output'];
  /** Their part of the segment, 0 to 1. */
  readonly share: Maybe<Scalars['Float']['output']>;
  /** People of the base with it. */
  readonly baseCount: Scalars['Int']['output'];
  /** Their part of the base. */
  readonly baseShare: Maybe<Scalars['Float']['output']>;
  /** share / baseShare x 100; null when nobody of the base has the value. */
  readonly tgi: Maybe<Scalars['Float']['output']>;
  /** Fewer than 30 people: the index may be chance. */
  readonly lowSample: Scalars['Boolean']['output'];
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

/** How many of those like that. */
export type Quantifier =
  /** At least one. */
  | 'SOME'
  /** All of those that are looked at, and at least one. */
  | 'EVERY'
  /** None, also of people without any. */
  | 'NONE'
  /** A number that `count` tests. */
  | 'COUNT';

/** Everything that can be read. */
export type Query = {
  /** Anything by its global id; a merged person answers itself, with the status MERGED. */
  readonly node: Maybe<Node>;
  /** At most a thousand things by their global ids, in their order; null where nothing is. */
  readonly nodes: ReadonlyArray<Maybe<Node>>;
  /** The living person of a OneID, an identifier or an order; null when nobody has it. */
  readonly person: Maybe<Person>;
  /** At most a thousand people in one read: in the order that they are asked in, null where nobody is. */
  readonly people: ReadonlyArray<Maybe<Person>>;
  /** People whom a text finds, the best match first: a OneID, any identifier or the number of an order as a whole; the beginning of a member or card number of any brand; with the scope pii:read also a name or any part of one, and the last four or more digits of a phone. Within the brands that the caller may see. */
  readonly searchPeople: PersonConnection;
  /** The shortest way between two people, of at most ten steps, over identifiers, evidence (also what lost) and dependents; null when there is none. */
  readonly path: Maybe<Path>;
  /** The change feed in the order of its commits, from its beginning or after a cursor. A consumer keeps `endCursor` and comes back; the filters may differ. `brand` gives what a caller of it would see. */
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
  /** A product by its key; null where nobody has told of it. */
  readonly product: Maybe<Product>;
  /** Products by key: of a category, with a text in them, or all. */
  readonly products: ProductConnection;
  /** The brands of the group that the caller may see, by key. */
  readonly brands: BrandConnection;
  /** Whether messages of a campaign or on a channel led to orders within a time after them. */
  readonly touchConversion: TouchConversion;
  /** The kinds of dependents that the deployment keeps, as it declares them. */
  readonly dependentKinds: ReadonlyArray<DependentKind>;
  /** The tags that there are, by category and key: about people, about a kind of dependent, or all. */
  readonly tags: ReadonlyArray<Tag>;
  /** The tree of categories: each follows the one that it is in. */
  readonly tagCategories: ReadonlyArray<TagCategory>;
  /** Who a rule means: how many, who, and how many match each condition; with `share` and `limit` those who are taken, with `key` as the segment of that key would take them. Writes nothing. Without them, the moment is now and the time zone the deployment's. */
  readonly segmentPreview: SegmentPreview;
  /** What the people of a saved segment, or of a rule, are like: of each value how many, their share, that in the base, and the index of the two. The base is everybody, or another segment. */
  readonly segmentProfile: SegmentProfile;
  /** Two saved segments side by side, value by value. */
  readonly segmentCompare: SegmentComparison;
  /** What two to eight saved segments have in common: every two, all of them, and everybody by which they are in. Rules are evaluated now, not as of the last refresh. */
  readonly segmentOverlap: SegmentOverlap;
  /** Why a person is in a saved segment, or matches a rule, or does not: each condition, and the facts that made it so. Null where nobody has it. */
  readonly explain: Maybe<Explanation>;
  /** A file of people that was asked for: how far it has come, and where it is. Null once it expired. */
  readonly segmentExport: Maybe<SegmentExport>;
  /** A saved segment; null where there is none of that key. */
  readonly segment: Maybe<Segment>;
  /** The saved segments by key: the active ones, the drafts, or all. */
  readonly segments: SegmentConnection;
  /** The uploaded lists, by key. */
  readonly lists: ReadonlyArray<UploadedList>;
  /** Scheduled work: when each job is due next, who is at it, and how its latest runs ended. */
  readonly jobs: ReadonlyArray<Job>;
  /** How many people are in which stage, in the declared order. */
  readonly lifecycle: ReadonlyArray<StageSize>;
  /** What RFM scores mean now; null before the daily job has run. */
  readonly rfmBase: Maybe<RfmBase>;
  /** How long people take to buy again; null of what nobody has bought when it was worked out. */
  readonly repurchase: Maybe<RepurchaseFigures>;
  /** The declared journeys, by key. */
  readonly journeys: ReadonlyArray<Journey>;
  /** One journey, with the conversion between its stages. */
  readonly journey: Maybe<Journey>;
  /** Cards of living people whose last valid day is today or in the coming days, the soonest first; without those that were replaced. */
  readonly expiringCards: CardConnection;
  /** The webhooks that the caller may see, the oldest first. */
  readonly webhooks: ReadonlyArray<Webhook>;
  /** What a webhook could not be told, in the order of the feed; at most a thousand. */
  readonly deadLetters: ReadonlyArray<DeadLetter>;
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
export type QueryPathArgs = {
  a: PersonBy;
  b: PersonBy;
};


/** Everything that can be read. */
export type QueryChangesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  types?: InputMaybe<ReadonlyArray<ChangeType>>;
  brand?: InputMaybe<Scalars['ID']['input']>;
  tag?: InputMaybe<Scalars['ID']['input']>;
  segment?: InputMaybe<Scalars['ID']['input']>;
  stage?: InputMaybe<Scalars['String']['input']>;
  journey?: InputMaybe<Scalars['String']['input']>;
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
export type QueryProductArgs = {
  key: Scalars['ID']['input'];
};


/** Everything that can be read. */
export type QueryProductsArgs = {
  search?: InputMaybe<Scalars['String']['input']>;
  category?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** Everything that can be read. */
export type QueryBrandsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** Everything that can be read. */
export type QueryTouchConversionArgs = {
  within?: Scalars['String']['input'];
  campaign?: InputMaybe<Scalars['String']['input']>;
  channel?: InputMaybe<Scalars['String']['input']>;
  outcome?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  from?: InputMaybe<Scalars['DateTime']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
  brand?: InputMaybe<Scalars['ID']['input']>;
};


/** Everything that can be read. */
export type QueryTagsArgs = {
  subject?: InputMaybe<Scalars['String']['input']>;
  category?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};


/** Everything that can be read. */
export type QueryTagCategoriesArgs = {
  subject?: InputMaybe<Scalars['String']['input']>;
};


/** Everything that can be read. */
export type QuerySegmentPreviewArgs = {
  rule: SegmentRule;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  timeZone?: InputMaybe<Scalars['String']['input']>;
  share?: InputMaybe<Scalars['Float']['input']>;
  limit?: InputMaybe<SegmentLimit>;
  key?: InputMaybe<Scalars['ID']['input']>;
};


/** Everything that can be read. */
export type QuerySegmentProfileArgs = {
  by: ReadonlyArray<ProfileBy>;
  segment?: InputMaybe<Scalars['ID']['input']>;
  rule?: InputMaybe<SegmentRule>;
  share?: InputMaybe<Scalars['Float']['input']>;
  limit?: InputMaybe<SegmentLimit>;
  base?: InputMaybe<Scalars['ID']['input']>;
  top?: InputMaybe<Scalars['Int']['input']>;
};


/** Everything that can be read. */
export type QuerySegmentCompareArgs = {
  a: Scalars['ID']['input'];
  b: Scalars['ID']['input'];
  by: ReadonlyArray<ProfileBy>;
  top?: InputMaybe<Scalars['Int']['input']>;
};


/** Everything that can be read. */
export type QuerySegmentOverlapArgs = {
  segments: ReadonlyArray<Scalars['ID']['input']>;
};


/** Everything that can be read. */
export type QueryExplainArgs = {
  person: PersonBy;
  segment?: InputMaybe<Scalars['ID']['input']>;
  rule?: InputMaybe<SegmentRule>;
  share?: InputMaybe<Scalars['Float']['input']>;
  limit?: InputMaybe<SegmentLimit>;
};


/** Everything that can be read. */
export type QuerySegmentExportArgs = {
  id: Scalars['ID']['input'];
};


/** Everything that can be read. */
export type QuerySegmentArgs = {
  key: Scalars['ID']['input'];
};


/** Everything that can be read. */
export type QuerySegmentsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  status?: InputMaybe<SegmentStatus>;
};


/** Everything that can be read. */
export type QueryJobsArgs = {
  runs?: InputMaybe<Scalars['Int']['input']>;
};


/** Everything that can be read. */
export type QueryLifecycleArgs = {
  brand?: InputMaybe<Scalars['ID']['input']>;
};


/** Everything that can be read. */
export type QueryRfmBaseArgs = {
  brand?: InputMaybe<Scalars['ID']['input']>;
};


/** Everything that can be read. */
export type QueryRepurchaseArgs = {
  category?: InputMaybe<Scalars['String']['input']>;
  brand?: InputMaybe<Scalars['ID']['input']>;
};


/** Everything that can be read. */
export type QueryJourneyArgs = {
  key: Scalars['ID']['input'];
};


/** Everything that can be read. */
export type QueryExpiringCardsArgs = {
  within: Scalars['String']['input'];
  brand?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** Everything that can be read. */
export type QueryDeadLettersArgs = {
  webhook: Scalars['ID']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
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

/** How long a person takes to buy again. Orders of one day are one purchase, intervals are calendar days in the deployment's time zone. */
export type RepurchaseCycle = {
  /** The category of products; null: whatever was bought. */
  readonly category: Maybe<Scalars['String']['output']>;
  /** Days on which something was bought. */
  readonly purchases: Scalars['Int']['output'];
  /** The first of them. */
  readonly firstOn: Maybe<Scalars['Date']['output']>;
  /** The last of them. */
  readonly lastOn: Maybe<Scalars['Date']['output']>;
  /** From one purchase to the next, on average, to 6 decimals. */
  readonly meanDays: Maybe<Scalars['Float']['output']>;
  /** The one in the middle; of an even number the mean of two. */
  readonly medianDays: Maybe<Scalars['Float']['output']>;
  /** The last purchase and the median, halves rounded up: the person's own, else everybody's. */
  readonly nextExpected: Maybe<Scalars['Date']['output']>;
  /** Whose median that is. */
  readonly basis: Maybe<CycleBasis>;
  /** From today to the day expected; negative when it is over. */
  readonly dueInDays: Maybe<Scalars['Int']['output']>;
};

/** How long people take to buy again, over everybody, as the daily job worked it out. */
export type RepurchaseFigures = {
  /** The category of products; null: whatever was bought. */
  readonly category: Maybe<Scalars['String']['output']>;
  /** The brand; null for the group. */
  readonly brand: Maybe<Scalars['ID']['output']>;
  /** The moment that it was worked out for. */
  readonly asOf: Scalars['DateTime']['output'];
  /** People who bought. */
  readonly buyers: Scalars['Int']['output'];
  /** People who bought on two days or more. */
  readonly repeaters: Scalars['Int']['output'];
  /** Days on which somebody bought, over all of them. */
  readonly purchases: Scalars['Int']['output'];
  /** From one purchase of a person to its next: how many there are. */
  readonly intervals: Scalars['Int']['output'];
  /** Their mean, to 6 decimals. */
  readonly meanDays: Maybe<Scalars['Float']['output']>;
  /** Their median. */
  readonly medianDays: Maybe<Scalars['Float']['output']>;
  /** A quarter are at most so long, linear between two. */
  readonly lowerQuartileDays: Maybe<Scalars['Float']['output']>;
  /** Three quarters are at most so long, linear between two. */
  readonly upperQuartileDays: Maybe<Scalars['Float']['output']>;
};

/** An attribute of a person, with where its value comes from and what it beat. */
export type ResolvedAttribute = {
  /** name, gender, birthday, city, or a declared one. */
  readonly name: Scalars['String']['output'];
  /** The value; a day as text, a name masked without pii:read. */
  readonly value: Scalars['Value']['output'];
  /** Who said it; of a correction, who made it. */
  readonly source: Maybe<Scalars['String']['output']>;
  /** When it was said. */
  readonly at: Scalars['DateTime']['output'];
  /** Whether it was corrected by hand, which outranks all. */
  readonly corrected: Scalars['Boolean']['output'];
  /** Why it was corrected, in their words. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** What it hangs on. */
  readonly identifier: WordIdentifier;
  /** All other words, the best first: also those that say the same. */
  readonly candidates: ReadonlyArray<AttributeCandidate>;
};

/** How lately, how often and for how much somebody bought, each as a score from 1 to 5: as they were scored last, by the bounds that `rfmBase` tells. */
export type Rfm = {
  /** 5: among those who bought last. */
  readonly recency: Scalars['Int']['output'];
  /** 5: among those who bought most often. */
  readonly frequency: Scalars['Int']['output'];
  /** 5: among those who paid most. */
  readonly monetary: Scalars['Int']['output'];
  /** The key of what these scores are called: CHAMPIONS, LOYAL … */
  readonly segment: Maybe<Scalars['String']['output']>;
  /** What they are called. */
  readonly segmentName: Maybe<Scalars['String']['output']>;
  /** The brand; null for the group. */
  readonly brand: Maybe<Scalars['ID']['output']>;
  /** When the last order was paid. */
  readonly lastOrderAt: Scalars['DateTime']['output'];
  /** Calendar days from then to now, in the deployment's time zone. */
  readonly daysSinceLast: Scalars['Int']['output'];
  /** The orders that count: PAID, SHIPPED or COMPLETED, in the deployment's currency. */
  readonly orders: Scalars['Int']['output'];
  /** What they cost less what was paid back. */
  readonly net: Scalars['Decimal']['output'];
};

/** What scores mean: four bounds each, the last value of a score, so that equal values have equal scores. Worked out by the daily job over everybody who has bought. */
export type RfmBase = {
  /** The brand; null for the group. */
  readonly brand: Maybe<Scalars['ID']['output']>;
  /** `quantiles` of the whole base, or `bounds` as declared. */
  readonly by: Scalars['String']['output'];
  /** The moment that they were worked out for. */
  readonly asOf: Scalars['DateTime']['output'];
  /** Everybody who is scored. */
  readonly people: Scalars['Int']['output'];
  /** How far back orders count; null: all of them. */
  readonly within: Maybe<Scalars['String']['output']>;
  /** Days since the last order: up to the first is 5, beyond the last is 1. */
  readonly recency: ReadonlyArray<Scalars['Int']['output']>;
  /** Orders: up to the first is 1, beyond the last is 5. */
  readonly frequency: ReadonlyArray<Scalars['Int']['output']>;
  /** Money: up to the first is 1, beyond the last is 5. */
  readonly monetary: ReadonlyArray<Scalars['Decimal']['output']>;
  /** The currency of the money, ISO 4217. */
  readonly currency: Scalars['String']['output'];
  /** How many are called what, in the declared order. */
  readonly segments: ReadonlyArray<RfmSegmentSize>;
};

/** The person has the scores, 1 to 5. */
export type RfmCondition = {
  /** How lately they bought. */
  readonly recency?: InputMaybe<RuleTest>;
  /** How often they bought. */
  readonly frequency?: InputMaybe<RuleTest>;
  /** How much they paid. */
  readonly monetary?: InputMaybe<RuleTest>;
  /** As this brand's customer; else as the group's. */
  readonly brand?: InputMaybe<Scalars['String']['input']>;
};

/** How many people have scores that are called so. */
export type RfmSegmentSize = {
  /** Its key. */
  readonly key: Scalars['ID']['output'];
  /** What it is called. */
  readonly name: Scalars['String']['output'];
  /** How many there were when the bounds were worked out. */
  readonly people: Scalars['Int']['output'];
};

/** What is asked of a value: all that is given must hold. */
export type RuleTest = {
  /** It equals this. */
  readonly eq?: InputMaybe<Scalars['Value']['input']>;
  /** It is anything else, or missing. */
  readonly ne?: InputMaybe<Scalars['Value']['input']>;
  /** It equals one of these. */
  readonly in?: InputMaybe<ReadonlyArray<Scalars['Value']['input']>>;
  /** It equals none of these, or is missing. */
  readonly notIn?: InputMaybe<ReadonlyArray<Scalars['Value']['input']>>;
  /** It is greater, or later. */
  readonly gt?: InputMaybe<Scalars['Value']['input']>;
  /** It is greater or equal, not before. */
  readonly gte?: InputMaybe<Scalars['Value']['input']>;
  /** It is less, or earlier. */
  readonly lt?: InputMaybe<Scalars['Value']['input']>;
  /** It is less or equal, not after. */
  readonly lte?: InputMaybe<Scalars['Value']['input']>;
  /** The text has this in it; capitals count. */
  readonly contains?: InputMaybe<Scalars['Value']['input']>;
  /** The text begins like this. */
  readonly startsWith?: InputMaybe<Scalars['Value']['input']>;
  /** The text ends like this. */
  readonly endsWith?: InputMaybe<Scalars['Value']['input']>;
  /** There is a value (true), or none (false). */
  readonly exists?: InputMaybe<Scalars['Boolean']['input']>;
  /** Of a date: it lies in the days up to today, as 30d, 2w, 3m or 1y. */
  readonly last?: InputMaybe<Scalars['String']['input']>;
  /** Of a date: it lies in the days from today on, as 30d. */
  readonly next?: InputMaybe<Scalars['String']['input']>;
};

/** When a fact happened. */
export type RuleWindow =
  /** From local midnight so long ago to now: 90d, 2w, 3m, 1y; or exactly so many hours: 48h. */
  { readonly last: Scalars['String']['input']; readonly between?: never; readonly from?: never; readonly until?: never; readonly ago?: never; readonly ever?: never; }
  |  /** From one date or time to another, both included. */
  { readonly last?: never; readonly between: ReadonlyArray<Scalars['String']['input']>; readonly from?: never; readonly until?: never; readonly ago?: never; readonly ever?: never; }
  |  /** From this date or time on. */
  { readonly last?: never; readonly between?: never; readonly from: Scalars['String']['input']; readonly until?: never; readonly ago?: never; readonly ever?: never; }
  |  /** Up to this date or time. */
  { readonly last?: never; readonly between?: never; readonly from?: never; readonly until: Scalars['String']['input']; readonly ago?: never; readonly ever?: never; }
  |  /** From the first to before the second: ["14d", "7d"] is the week before last. */
  { readonly last?: never; readonly between?: never; readonly from?: never; readonly until?: never; readonly ago: ReadonlyArray<Scalars['String']['input']>; readonly ever?: never; }
  |  /** At any time. */
  { readonly last?: never; readonly between?: never; readonly from?: never; readonly until?: never; readonly ago?: never; readonly ever: Scalars['Boolean']['input']; };

/** A saved segment: a rule that has a name, and the people who match it. */
export type Segment = {
  /** Its key, as rules name it. */
  readonly key: Scalars['ID']['output'];
  /** What people call it. */
  readonly name: Scalars['String']['output'];
  /** Whether people are kept in it. */
  readonly status: SegmentStatus;
  /** Who is in it, as JSON: a SegmentRule. */
  readonly rule: Scalars['JSON']['output'];
  /** When it is refreshed as a whole: a length (1d), or a cron expression. */
  readonly schedule: Maybe<Scalars['String']['output']>;
  /** The part of those who match that is taken, always the same; null: all. */
  readonly share: Maybe<Scalars['Float']['output']>;
  /** Of those the first n by a measure, as JSON: a SegmentLimit. */
  readonly limit: Maybe<Scalars['JSON']['output']>;
  /** Who answers for it. */
  readonly owner: Maybe<Scalars['String']['output']>;
  /** The version in force. */
  readonly version: Scalars['Int']['output'];
  /** Its definitions, the newest first. */
  readonly versions: ReadonlyArray<SegmentVersion>;
  /** Whether people are still to be taken through what was defined last. */
  readonly pending: Scalars['Boolean']['output'];
  /** How many are in it; for callers of all brands. */
  readonly size: Maybe<Scalars['Int']['output']>;
  /** The moment that it was last refreshed for as a whole. */
  readonly refreshedAt: Maybe<Scalars['DateTime']['output']>;
  /** Who is in it as of its last refresh, by OneID. */
  readonly members: PersonConnection;
  /** Its size after every whole refresh, the newest first. */
  readonly sizeHistory: ReadonlyArray<SegmentSize>;
  /** What its people are like now, by its definition: as `segmentProfile` says it. */
  readonly profile: SegmentProfile;
  /** What it has in common with one to seven others: as `segmentOverlap` says it, this one first. */
  readonly overlap: SegmentOverlap;
  /** It and another side by side: as `segmentCompare` says it. */
  readonly compare: SegmentComparison;
  /** Why a person is in it by its definition now, or is not: as `explain` says it. */
  readonly explain: Maybe<Explanation>;
  /** The segments and tags whose rules use it. */
  readonly usedBy: ReadonlyArray<SegmentUser>;
};


/** A saved segment: a rule that has a name, and the people who match it. */
export type SegmentMembersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A saved segment: a rule that has a name, and the people who match it. */
export type SegmentSizeHistoryArgs = {
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** A saved segment: a rule that has a name, and the people who match it. */
export type SegmentProfileArgs = {
  by: ReadonlyArray<ProfileBy>;
  base?: InputMaybe<Scalars['ID']['input']>;
  top?: InputMaybe<Scalars['Int']['input']>;
};


/** A saved segment: a rule that has a name, and the people who match it. */
export type SegmentOverlapArgs = {
  with: ReadonlyArray<Scalars['ID']['input']>;
};


/** A saved segment: a rule that has a name, and the people who match it. */
export type SegmentCompareArgs = {
  with: Scalars['ID']['input'];
  by: ReadonlyArray<ProfileBy>;
  top?: InputMaybe<Scalars['Int']['input']>;
};


/** A saved segment: a rule that has a name, and the people who match it. */
export type SegmentExplainArgs = {
  person: PersonBy;
};

/** What is to be otherwise with a saved segment; what is left out stays. */
export type SegmentChanges = {
  /** Who is in it. */
  readonly rule?: InputMaybe<SegmentRule>;
  /** What people call it. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** As a DRAFT nobody is kept in it. */
  readonly status?: InputMaybe<SegmentStatus>;
  /** When it is refreshed as a whole; null: not by itself. */
  readonly schedule?: InputMaybe<Scalars['String']['input']>;
  /** The part of those who match that is taken; null: all. */
  readonly share?: InputMaybe<Scalars['Float']['input']>;
  /** Of those the first n by a measure; null: all. */
  readonly limit?: InputMaybe<SegmentLimit>;
  /** Who answers for it; null: nobody. */
  readonly owner?: InputMaybe<Scalars['String']['input']>;
};

/** Two segments side by side. */
export type SegmentComparison = {
  /** How many are in the first. */
  readonly aSize: Scalars['Int']['output'];
  /** How many are in the second. */
  readonly bSize: Scalars['Int']['output'];
  /** How many are in both. */
  readonly both: Scalars['Int']['output'];
  /** By what was asked, in that order. */
  readonly rows: ReadonlyArray<ComparedRow>;
  /** What is wrong with the keys. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A page, placed by sort values: what is written meanwhile never shifts it. */
export type SegmentConnection = {
  /** The rows, in their order. */
  readonly edges: ReadonlyArray<SegmentEdge>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A row of a page. */
export type SegmentEdge = {
  /** `after` for what follows this row. */
  readonly cursor: Scalars['String']['output'];
  /** The row. */
  readonly node: Segment;
};

/** A file of people that was asked for. */
export type SegmentExport = {
  /** Names it. */
  readonly id: Scalars['ID']['output'];
  /** How far it has come. */
  readonly status: ExportStatus;
  /** How many people are in it so far. */
  readonly rows: Scalars['Int']['output'];
  /** How many to expect, once it is begun. */
  readonly total: Maybe<Scalars['Int']['output']>;
  /** The columns that were asked for. */
  readonly columns: ReadonlyArray<Scalars['String']['output']>;
  /** Whether personal values are masked in it. */
  readonly masked: Scalars['Boolean']['output'];
  /** Why it could not be written. */
  readonly error: Maybe<Scalars['String']['output']>;
  /** Where to fetch it, once it is done. */
  readonly url: Maybe<Scalars['String']['output']>;
  /** When it goes. */
  readonly expiresAt: Maybe<Scalars['DateTime']['output']>;
};

/** What became of asking for a file. */
export type SegmentExportPayload = {
  /** The file; null when it was refused. */
  readonly export: Maybe<SegmentExport>;
  /** Everything that is wrong with the rule. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A saved segment as it is to be. */
export type SegmentInput = {
  /** Its key, as rules name it. */
  readonly key: Scalars['ID']['input'];
  /** Who is in it. */
  readonly rule: SegmentRule;
  /** What people call it; else its key. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** DRAFT if left out; ACTIVE keeps it filled. */
  readonly status?: InputMaybe<SegmentStatus>;
  /** When it is refreshed as a whole: a length (6h, 1d), or five fields of cron in the deployment's zone. */
  readonly schedule?: InputMaybe<Scalars['String']['input']>;
  /** The part of those who match that is taken, the same ones every time. */
  readonly share?: InputMaybe<Scalars['Float']['input']>;
  /** Of those the first n by a measure. */
  readonly limit?: InputMaybe<SegmentLimit>;
  /** Who answers for it. */
  readonly owner?: InputMaybe<Scalars['String']['input']>;
};

/** The first n by a measure: of equal ones by OneID; who has no value is never taken. */
export type SegmentLimit = {
  /** How many are taken at most. */
  readonly n: Scalars['Int']['input'];
  /** What they are ranked by: the body of a condition without its test. */
  readonly by: SegmentLimitBy;
  /** The least first, rather than the most. */
  readonly lowest?: InputMaybe<Scalars['Boolean']['input']>;
};

/** The measure that people are ranked by. */
export type SegmentLimitBy =
  /** Of orders. */
  { readonly order: OrderMeasure; readonly event?: never; readonly touch?: never; }
  |  /** Of behaviours. */
  { readonly order?: never; readonly event: EventMeasure; readonly touch?: never; }
  |  /** Of messages. */
  { readonly order?: never; readonly event?: never; readonly touch: TouchMeasure; };

/** A segment that a person is in. */
export type SegmentMembership = {
  /** The segment. */
  readonly segment: Segment;
  /** Since when. */
  readonly since: Scalars['DateTime']['output'];
};

/** What several segments have in common. */
export type SegmentOverlap = {
  /** Each by itself, as asked. */
  readonly sizes: ReadonlyArray<OverlapSize>;
  /** Every two. */
  readonly pairs: ReadonlyArray<OverlapPair>;
  /** Everybody once, by which they are in. */
  readonly regions: ReadonlyArray<OverlapRegion>;
  /** How many are in all of them. */
  readonly every: Scalars['Int']['output'];
  /** How many are in at least one. */
  readonly some: Scalars['Int']['output'];
  /** In all / in at least one. */
  readonly jaccard: Maybe<Scalars['Float']['output']>;
  /** What is wrong with the keys. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What became of a saved segment. */
export type SegmentPayload = {
  /** The segment as it is now; null when it was refused, or is deleted. */
  readonly segment: Maybe<Segment>;
  /** Whether people are still to be taken through it: the job refresh-segments does. */
  readonly pending: Scalars['Boolean']['output'];
  /** Of a refresh, how many came in. */
  readonly entered: Maybe<Scalars['Int']['output']>;
  /** Of a refresh, how many left. */
  readonly exited: Maybe<Scalars['Int']['output']>;
  /** Why it was refused; nothing was stored. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Who a rule means now: nothing is written. */
export type SegmentPreview = {
  /** How many match, or are taken of them; 0 of a rule that is refused. */
  readonly count: Count;
  /** Who matches, or is taken of them, by OneID. */
  readonly members: PersonConnection;
  /** How many match each condition by itself, share and limit apart: which one empties it. */
  readonly conditions: ReadonlyArray<ConditionCount>;
  /** Products, shops, channels, campaigns and types of event that were never seen; segments in the rule that take a part of those who match. */
  readonly warnings: ReadonlyArray<UserError>;
  /** Everything that is wrong with the rule. */
  readonly userErrors: ReadonlyArray<UserError>;
};


/** Who a rule means now: nothing is written. */
export type SegmentPreviewMembersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** What the people of a segment are like, beside a base. */
export type SegmentProfile = {
  /** How many match the rule now. */
  readonly size: Scalars['Int']['output'];
  /** How many are in the base. */
  readonly baseSize: Scalars['Int']['output'];
  /** By what was asked, in that order. */
  readonly rows: ReadonlyArray<ProfileRow>;
  /** Everything that is wrong with the rules. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Who: one condition, or several put together. Exactly one key. */
export type SegmentRule =
  /** Matches every one of these. */
  { readonly all: ReadonlyArray<SegmentRule>; readonly any?: never; readonly not?: never; readonly everyone?: never; readonly attribute?: never; readonly identifier?: never; readonly member?: never; readonly card?: never; readonly order?: never; readonly dependent?: never; readonly tag?: never; readonly touch?: never; readonly consent?: never; readonly event?: never; readonly sequence?: never; readonly anniversary?: never; readonly lifecycle?: never; readonly rfm?: never; readonly segment?: never; readonly list?: never; }
  |  /** Matches at least one of these. */
  { readonly all?: never; readonly any: ReadonlyArray<SegmentRule>; readonly not?: never; readonly everyone?: never; readonly attribute?: never; readonly identifier?: never; readonly member?: never; readonly card?: never; readonly order?: never; readonly dependent?: never; readonly tag?: never; readonly touch?: never; readonly consent?: never; readonly event?: never; readonly sequence?: never; readonly anniversary?: never; readonly lifecycle?: never; readonly rfm?: never; readonly segment?: never; readonly list?: never; }
  |  /** Does not match this. */
  { readonly all?: never; readonly any?: never; readonly not: SegmentRule; readonly everyone?: never; readonly attribute?: never; readonly identifier?: never; readonly member?: never; readonly card?: never; readonly order?: never; readonly dependent?: never; readonly tag?: never; readonly touch?: never; readonly consent?: never; readonly event?: never; readonly sequence?: never; readonly anniversary?: never; readonly lifecycle?: never; readonly rfm?: never; readonly segment?: never; readonly list?: never; }
  |  /** Is active. */
  { readonly all?: never; readonly any?: never; readonly not?: never; readonly everyone: Scalars['Boolean']['input']; readonly attribute?: never; readonly identifier?: never; readonly member?: never; readonly card?: never; readonly order?: never; readonly dependent?: never; readonly tag?: never; readonly touch?: never; readonly consent?: never; readonly event?: never; readonly sequence?: never; readonly anniversary?: never; readonly lifecycle?: never; readonly rfm?: never; readonly segment?: never; readonly list?: never; }
  |  /** Has the attribute pass the test. */
  { readonly all?: never; readonly any?: never; readonly not?: never; readonly everyone?: never; readonly attribute: AttributeCondition; readonly identifier?: never; readonly member?: never; readonly card?: never; readonly order?: never; readonly dependent?: never; readonly tag?: never; readonly touch?: never; readonly consent?: never; readonly event?: never; readonly sequence?: never; readonly anniversary?: never; readonly lifecycle?: never; readonly rfm?: never; readonly segment?: never; readonly list?: never; }
  |  /** Holds, or lacks, an identifier. */
  { readonly all?: never; readonly any?: never; readonly not?: never; readonly everyone?: never; readonly attribute?: never; readonly identifier: IdentifierCondition; readonly member?: never; readonly card?: never; readonly order?: never; readonly dependent?: never; readonly tag?: never; readonly touch?: never; readonly consent?: never; readonly event?: never; readonly sequence?: never; readonly anniversary?: never; readonly lifecycle?: never; readonly rfm?: never; readonly segment?: never; readonly list?: never; }
  |  /** Has member accounts like that. */
  { readonly all?: never; readonly any?: never; readonly not?: never; readonly everyone?: never; readonly attribute?: never; readonly identifier?: never; readonly member: MemberCondition; readonly card?: never; readonly order?: never; readonly dependent?: never; readonly tag?: never; readonly touch?: never; readonly consent?: never; readonly event?: never; readonly sequence?: never; readonly anniversary?: never; readonly lifecycle?: never; readonly rfm?: never; readonly segment?: never; readonly list?: never; }
  |  /** Has cards like that. */
  { readonly all?: never; readonly any?: never; readonly not?: never; readonly everyone?: never; readonly attribute?: never; readonly identifier?: never; readonly member?: never; readonly card: CardCondition; readonly order?: never; readonly dependent?: never; readonly tag?: never; readonly touch?: never; readonly consent?: never; readonly event?: never; readonly sequence?: never; readonly anniversary?: never; readonly lifecycle?: never; readonly rfm?: never; readonly segment?: never; readonly list?: never; }
  |  /** Has that measure over the orders selected. */
  { readonly all?: never; readonly any?: never; readonly not?: never; readonly everyone?: never; readonly attribute?: never; readonly identifier?: never; readonly member?: never; readonly card?: never; readonly order: OrderCondition; readonly dependent?: never; readonly tag?: never; readonly touch?: never; readonly consent?: never; readonly event?: never; readonly sequence?: never; readonly anniversary?: never; readonly lifecycle?: never; readonly rfm?: never; readonly segment?: never; readonly list?: never; }
  |  /** Has babies, pets, appliances like that. */
  { readonly all?: never; readonly any?: never; readonly not?: never; readonly everyone?: never; readonly attribute?: never; readonly identifier?: never; readonly member?: never; readonly card?: never; readonly order?: never; readonly dependent: DependentCondition; readonly tag?: never; readonly touch?: never; readonly consent?: never; readonly event?: never; readonly sequence?: never; readonly anniversary?: never; readonly lifecycle?: never; readonly rfm?: never; readonly segment?: never; readonly list?: never; }
  |  /** Carries the tag. */
  { readonly all?: never; readonly any?: never; readonly not?: never; readonly everyone?: never; readonly attribute?: never; readonly identifier?: never; readonly member?: never; readonly card?: never; readonly order?: never; readonly dependent?: never; readonly tag: TagCondition; readonly touch?: never; readonly consent?: never; readonly event?: never; readonly sequence?: never; readonly anniversary?: never; readonly lifecycle?: never; readonly rfm?: never; readonly segment?: never; readonly list?: never; }
  |  /** Was contacted. */
  { readonly all?: never; readonly any?: never; readonly not?: never; readonly everyone?: never; readonly attribute?: never; readonly identifier?: never; readonly member?: never; readonly card?: never; readonly order?: never; readonly dependent?: never; readonly tag?: never; readonly touch: TouchCondition; readonly consent?: never; readonly event?: never; readonly sequence?: never; readonly anniversary?: never; readonly lifecycle?: never; readonly rfm?: never; readonly segment?: never; readonly list?: never; }
  |  /** Said so last. */
  { readonly all?: never; readonly any?: never; readonly not?: never; readonly everyone?: never; readonly attribute?: never; readonly identifier?: never; readonly member?: never; readonly card?: never; readonly order?: never; readonly dependent?: never; readonly tag?: never; readonly touch?: never; readonly consent: ConsentCondition; readonly event?: never; readonly sequence?: never; readonly anniversary?: never; readonly lifecycle?: never; readonly rfm?: never; readonly segment?: never; readonly list?: never; }
  |  /** Behaved like that. */
  { readonly all?: never; readonly any?: never; readonly not?: never; readonly everyone?: never; readonly attribute?: never; readonly identifier?: never; readonly member?: never; readonly card?: never; readonly order?: never; readonly dependent?: never; readonly tag?: never; readonly touch?: never; readonly consent?: never; readonly event: EventCondition; readonly sequence?: never; readonly anniversary?: never; readonly lifecycle?: never; readonly rfm?: never; readonly segment?: never; readonly list?: never; }
  |  /** Did the steps in time order. */
  { readonly all?: never; readonly any?: never; readonly not?: never; readonly everyone?: never; readonly attribute?: never; readonly identifier?: never; readonly member?: never; readonly card?: never; readonly order?: never; readonly dependent?: never; readonly tag?: never; readonly touch?: never; readonly consent?: never; readonly event?: never; readonly sequence: SequenceCondition; readonly anniversary?: never; readonly lifecycle?: never; readonly rfm?: never; readonly segment?: never; readonly list?: never; }
  |  /** Has the day in the coming days. */
  { readonly all?: never; readonly any?: never; readonly not?: never; readonly everyone?: never; readonly attribute?: never; readonly identifier?: never; readonly member?: never; readonly card?: never; readonly order?: never; readonly dependent?: never; readonly tag?: never; readonly touch?: never; readonly consent?: never; readonly event?: never; readonly sequence?: never; readonly anniversary: AnniversaryCondition; readonly lifecycle?: never; readonly rfm?: never; readonly segment?: never; readonly list?: never; }
  |  /** Is in the stage. */
  { readonly all?: never; readonly any?: never; readonly not?: never; readonly everyone?: never; readonly attribute?: never; readonly identifier?: never; readonly member?: never; readonly card?: never; readonly order?: never; readonly dependent?: never; readonly tag?: never; readonly touch?: never; readonly consent?: never; readonly event?: never; readonly sequence?: never; readonly anniversary?: never; readonly lifecycle: LifecycleCondition; readonly rfm?: never; readonly segment?: never; readonly list?: never; }
  |  /** Has the scores. */
  { readonly all?: never; readonly any?: never; readonly not?: never; readonly everyone?: never; readonly attribute?: never; readonly identifier?: never; readonly member?: never; readonly card?: never; readonly order?: never; readonly dependent?: never; readonly tag?: never; readonly touch?: never; readonly consent?: never; readonly event?: never; readonly sequence?: never; readonly anniversary?: never; readonly lifecycle?: never; readonly rfm: RfmCondition; readonly segment?: never; readonly list?: never; }
  |  /** Matches that saved segment's rule now. */
  { readonly all?: never; readonly any?: never; readonly not?: never; readonly everyone?: never; readonly attribute?: never; readonly identifier?: never; readonly member?: never; readonly card?: never; readonly order?: never; readonly dependent?: never; readonly tag?: never; readonly touch?: never; readonly consent?: never; readonly event?: never; readonly sequence?: never; readonly anniversary?: never; readonly lifecycle?: never; readonly rfm?: never; readonly segment: KeyCondition; readonly list?: never; }
  |  /** Is on that uploaded list. */
  { readonly all?: never; readonly any?: never; readonly not?: never; readonly everyone?: never; readonly attribute?: never; readonly identifier?: never; readonly member?: never; readonly card?: never; readonly order?: never; readonly dependent?: never; readonly tag?: never; readonly touch?: never; readonly consent?: never; readonly event?: never; readonly sequence?: never; readonly anniversary?: never; readonly lifecycle?: never; readonly rfm?: never; readonly segment?: never; readonly list: KeyCondition; };

/** How many were in a segment after it was refreshed as a whole. */
export type SegmentSize = {
  /** The moment that it was refreshed for. */
  readonly at: Scalars['DateTime']['output'];
  /** How many were in it. */
  readonly size: Scalars['Int']['output'];
  /** How many came in since the size before. */
  readonly entered: Scalars['Int']['output'];
  /** How many went since the size before. */
  readonly exited: Scalars['Int']['output'];
};

/** Whether a saved segment is kept filled. */
export type SegmentStatus =
  /** A rule with a name: nobody is kept in it. */
  | 'DRAFT'
  /** People come and go as the rule says. */
  | 'ACTIVE';

/** What uses a segment in its rule. */
export type SegmentUser = {
  /** What it is. */
  readonly type: SegmentUserType;
  /** Its key. */
  readonly key: Scalars['ID']['output'];
};

/** What may use a segment in its rule. */
export type SegmentUserType =
  /** Another saved segment. */
  | 'SEGMENT'
  /** A tag that a rule sets. */
  | 'TAG';

/** A definition that a segment has had. */
export type SegmentVersion = {
  /** Its number, from 1. */
  readonly version: Scalars['Int']['output'];
  /** When it was defined. */
  readonly at: Scalars['DateTime']['output'];
  /** Who defined it. */
  readonly by: Scalars['String']['output'];
  /** Why, in their words. */
  readonly reason: Scalars['String']['output'];
  /** The definition, as JSON. */
  readonly definition: Scalars['JSON']['output'];
};

/** The person did the steps in time order. */
export type SequenceCondition = {
  /** 2 to 5 steps. */
  readonly steps: ReadonlyArray<SequenceStep>;
  /** How long from the first to the last at most: 72h, 7d, 2w. */
  readonly within: Scalars['String']['input'];
};

/** One step of a sequence. */
export type SequenceStep =
  /** A behaviour. */
  { readonly event: EventStep; readonly order?: never; readonly touch?: never; readonly not?: never; }
  |  /** An order. */
  { readonly event?: never; readonly order: OrderStep; readonly touch?: never; readonly not?: never; }
  |  /** A message. */
  { readonly event?: never; readonly order?: never; readonly touch: TouchStep; readonly not?: never; }
  |  /** No such fact follows; the last step alone. */
  { readonly event?: never; readonly order?: never; readonly touch?: never; readonly not: NotStep; };

/** Something that two people share. */
export type Shared = {
  /** What it is: the kind of an identifier, of a dependent, or `address`. */
  readonly kind: Scalars['String']['output'];
  /** What a person would call it, masked where it is personal. */
  readonly display: Scalars['String']['output'];
  /** The identifier that both were seen with. */
  readonly identifier: Maybe<Identifier>;
  /** The person's own identifier that leads to it. */
  readonly mine: Identifier;
  /** The other person's identifier that leads to it. */
  readonly theirs: Identifier;
  /** Of the evidence at the other person's end: why it joins nobody. */
  readonly state: Maybe<EvidenceState>;
  /** SHARED, LIMIT_EXCEEDED, NEVER_LINKED … */
  readonly reason: Maybe<Scalars['String']['output']>;
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

/** How many people are in a stage. */
export type StageSize = {
  /** Its key. */
  readonly stage: Scalars['String']['output'];
  /** What it is called. */
  readonly name: Scalars['String']['output'];
  /** Its place in the declared order, from 0. */
  readonly place: Scalars['Int']['output'];
  /** How many are in it. */
  readonly people: Scalars['Int']['output'];
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

/** What is told as it happens, over a WebSocket or as server-sent events. */
export type Subscription = {
  /** The lines of the change feed as they are numbered: after a cursor, that of a page of `Query.changes` too, or without one from now on. None is missed, none comes twice; who was cut off goes on after the last `cursor` that it got. Needs the scope profile:read. */
  readonly changes: ChangeEdge;
};


/** What is told as it happens, over a WebSocket or as server-sent events. */
export type SubscriptionChangesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  types?: InputMaybe<ReadonlyArray<ChangeType>>;
  brand?: InputMaybe<Scalars['ID']['input']>;
  tag?: InputMaybe<Scalars['ID']['input']>;
  segment?: InputMaybe<Scalars['ID']['input']>;
  stage?: InputMaybe<Scalars['String']['input']>;
  journey?: InputMaybe<Scalars['String']['input']>;
};

/** A tag: what it means, and who or what sets it. */
export type Tag = {
  /** Its key, as rules and observations name it. */
  readonly key: Scalars['ID']['output'];
  /** What people call it. */
  readonly name: Scalars['String']['output'];
  /** The categories that it is filed under, from the root down. */
  readonly category: ReadonlyArray<Scalars['String']['output']>;
  /** What carries it: PERSON, or a kind of dependent. */
  readonly subject: Scalars['String']['output'];
  /** What its value is. */
  readonly valueType: TagValueType;
  /** How it is set. */
  readonly setBy: TagSetBy;
  /** The values of a CHOICE. */
  readonly choices: ReadonlyArray<Scalars['String']['output']>;
  /** The rule that sets it, as JSON: a SegmentRule. */
  readonly rule: Maybe<Scalars['JSON']['output']>;
  /** Its tiers: of those that match, the highest rank is carried. */
  readonly group: Maybe<Scalars['String']['output']>;
  /** Its rank among the tiers. */
  readonly rank: Maybe<Scalars['Int']['output']>;
  /** How long it lasts when set by hand or a source: 90d, 6m. */
  readonly validFor: Maybe<Scalars['String']['output']>;
  /** Who answers for it. */
  readonly owner: Maybe<Scalars['String']['output']>;
  /** The version in force; null while only a source has named it. */
  readonly version: Maybe<Scalars['Int']['output']>;
  /** Whether somebody defined it; else only a source has named it. */
  readonly defined: Scalars['Boolean']['output'];
  /** Whether people are still taken through what was defined last. */
  readonly pending: Scalars['Boolean']['output'];
  /** How many carry it as of the last refresh; for callers of all brands. */
  readonly size: Maybe<Scalars['Int']['output']>;
  /** Its definitions, the newest first. */
  readonly versions: ReadonlyArray<TagVersion>;
};

/** A tag that a person or a dependent carries, with where it comes from. */
export type TagAssignment = {
  /** The tag. */
  readonly tag: Tag;
  /** Its value; null of a flag. */
  readonly value: Maybe<Scalars['Value']['output']>;
  /** Since when it is carried. */
  readonly since: Scalars['DateTime']['output'];
  /** When it ends by itself. */
  readonly until: Maybe<Scalars['DateTime']['output']>;
  /** Where it comes from. */
  readonly source: TagSource;
  /** Who set it, or the source that said so. */
  readonly by: Maybe<Scalars['String']['output']>;
  /** Why: the reason given, or what made the rule match (RULE, DEFINITION …). */
  readonly cause: Maybe<Scalars['String']['output']>;
  /** The dependent that carries it; null of the person. */
  readonly dependent: Maybe<Dependent>;
};

/** A category of tags, under those that are before it in its path. */
export type TagCategory = {
  /** Its path, from the root down to itself. */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
  /** The last of its path. */
  readonly name: Scalars['String']['output'];
  /** How many tags are under it, at any depth. */
  readonly tags: Scalars['Int']['output'];
};

/** A tag that came or went: a line of the change feed. */
export type TagChange = {
  /** TAG_ADDED or TAG_REMOVED. */
  readonly type: ChangeType;
  /** When. */
  readonly at: Scalars['DateTime']['output'];
  /** The tag's key. */
  readonly tag: Scalars['ID']['output'];
  /** The OneID: this person's, or one that was merged into it. */
  readonly oneId: Scalars['ID']['output'];
  /** Why: RULE, TIER, CALENDAR, DEFINITION, MANUAL, IMPORTED, EXPIRED, MERGED … */
  readonly cause: Maybe<Scalars['String']['output']>;
  /** Who did it by hand, or the source. */
  readonly by: Maybe<Scalars['String']['output']>;
  /** Why, in their words. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** The value before, of one that changed or went. */
  readonly before: Maybe<Scalars['String']['output']>;
  /** The value since then. */
  readonly after: Maybe<Scalars['String']['output']>;
  /** The key of the dependent that carried it; null of the person. */
  readonly dependent: Maybe<Scalars['ID']['output']>;
};

/** The person carries the tag, or does not. */
export type TagCondition = {
  /** The tag. */
  readonly key: Scalars['String']['input'];
  /** Its value passes this; a plain value: equals it. */
  readonly value?: InputMaybe<Scalars['ValueTest']['input']>;
  /** The time since when it is carried passes this. */
  readonly since?: InputMaybe<RuleTest>;
  /** False: the person does not carry it. */
  readonly has?: InputMaybe<Scalars['Boolean']['input']>;
  /** A dependent's tag counts, too. */
  readonly includeSubordinate?: InputMaybe<Scalars['Boolean']['input']>;
};

/** A tag as it is to be. What is left out is what it says by itself. */
export type TagDefinitionInput = {
  /** Its key, as rules and observations name it. */
  readonly key: Scalars['ID']['input'];
  /** What people call it; else its key. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** The categories that it is filed under, from the root down. */
  readonly category?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** What carries it: PERSON (if left out), or a kind of dependent. */
  readonly subject?: InputMaybe<Scalars['String']['input']>;
  /** What its value is; FLAG if left out. */
  readonly valueType?: InputMaybe<TagValueType>;
  /** How it is set; with a rule by RULE, else MANUAL, if left out. */
  readonly setBy?: InputMaybe<TagSetBy>;
  /** The values of a CHOICE. */
  readonly choices?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Who carries it; of a COMPUTED one, the measure that is its value. */
  readonly rule?: InputMaybe<SegmentRule>;
  /** Its tiers: of those that match, the highest rank is carried. */
  readonly group?: InputMaybe<Scalars['String']['input']>;
  /** Its rank among the tiers; the greatest wins. */
  readonly rank?: InputMaybe<Scalars['Int']['input']>;
  /** How long it lasts when set by hand or a source: 90d, 2w, 6m, 1y. */
  readonly validFor?: InputMaybe<Scalars['String']['input']>;
  /** Who answers for it. */
  readonly owner?: InputMaybe<Scalars['String']['input']>;
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

/** What became of a definition. */
export type TagPayload = {
  /** The tag as it is now; null when it was refused. */
  readonly tag: Maybe<Tag>;
  /** Whether people are still to be taken through it: the job refresh-tags does. */
  readonly pending: Scalars['Boolean']['output'];
  /** Why it was refused; nothing was stored. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** How a tag is set. */
export type TagSetBy =
  /** By hand, by file, or by a source. */
  | 'MANUAL'
  /** By a rule, which also takes it off. */
  | 'RULE'
  /** Its value is a measure that a rule names. */
  | 'COMPUTED';

/** Where it comes from that a tag is carried. */
export type TagSource =
  /** Somebody set it. */
  | 'MANUAL'
  /** A source or a file said so. */
  | 'IMPORTED'
  /** A rule matches. */
  | 'RULE'
  /** A measure is its value. */
  | 'COMPUTED';

/** What the value of a tag is. */
export type TagValueType =
  /** It has none: it is carried or not. */
  | 'FLAG'
  /** One of its choices. */
  | 'CHOICE'
  /** A number. */
  | 'NUMBER'
  /** A day. */
  | 'DATE';

/** A definition that a tag has had. */
export type TagVersion = {
  /** Its number, from 1. */
  readonly version: Scalars['Int']['output'];
  /** When it was defined. */
  readonly at: Scalars['DateTime']['output'];
  /** Who defined it. */
  readonly by: Scalars['String']['output'];
  /** Why, in their words. */
  readonly reason: Scalars['String']['output'];
  /** The definition, as JSON. */
  readonly definition: Scalars['JSON']['output'];
};

/** What became of a tag that was set or taken off. */
export type TaggedPayload = {
  /** Whether it is carried otherwise than before. */
  readonly changed: Scalars['Boolean']['output'];
  /** The people that it is about, as they are now; none without the scope profile:read. */
  readonly people: ReadonlyArray<Person>;
  /** Why it was refused; nothing was stored. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** The time of an order that is read. */
export type TimeOf =
  /** When it was paid; else when it was ordered. */
  | 'PAID'
  /** When it was ordered. */
  | 'ORDERED'
  /** When it was sent. */
  | 'SHIPPED'
  /** When it was received. */
  | 'COMPLETED'
  /** When it was paid back. */
  | 'REFUNDED';

/** A page of a timeline. */
export type TimelineConnection = {
  /** The rows, in their order. */
  readonly edges: ReadonlyArray<TimelineItemEdge>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A line of a timeline. */
export type TimelineItem = {
  /** What it is about. */
  readonly type: TimelineType;
  /** When it happened. */
  readonly at: Scalars['DateTime']['output'];
  /** What happened, in words. */
  readonly text: Scalars['String']['output'];
  /** The order, message, behaviour, consent, dependent or change itself. */
  readonly of: Maybe<Node>;
};

/** A row of a page. */
export type TimelineItemEdge = {
  /** `after` for what follows this row. */
  readonly cursor: Scalars['String']['output'];
  /** The row. */
  readonly node: TimelineItem;
};

/** What a line of a timeline is about. */
export type TimelineType =
  /** An order, at the time that it was paid. */
  | 'ORDER'
  /** A message that the person was sent. */
  | 'TOUCH'
  /** Something that the person did. */
  | 'EVENT'
  /** A yes or no to being contacted. */
  | 'CONSENT'
  /** A baby, a pet … was first told of. */
  | 'DEPENDENT'
  /** The OneID, or what it holds, changed. */
  | 'IDENTITY'
  /** A tag came or went. */
  | 'TAG'
  /** Another stage of the lifecycle. */
  | 'STAGE'
  /** A stage of a journey was entered or left. */
  | 'JOURNEY'
  /** A saved segment was entered or left. */
  | 'SEGMENT'
  /** An attribute was corrected by hand. */
  | 'ATTRIBUTE';

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

/** The person was contacted. */
export type TouchCondition = {
  /** What the message was like. */
  readonly where?: InputMaybe<TouchWhere>;
  /** When it was sent. */
  readonly within?: InputMaybe<RuleWindow>;
  /** What is measured: COUNT, DISTINCT_DAYS or one of time. */
  readonly measure?: InputMaybe<Scalars['Measure']['input']>;
  /** What the measure must pass; of COUNT, at least 1 if left out. */
  readonly is?: InputMaybe<RuleTest>;
};

/** A page of messages. */
export type TouchConnection = {
  /** The rows, in their order. */
  readonly edges: ReadonlyArray<TouchEdge>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** How many of the people who were sent messages bought something within a time after one. Orders count that are PAID, SHIPPED or COMPLETED now, by when they were paid. */
export type TouchConversion = {
  /** How many people were sent one at least. */
  readonly touched: Scalars['Int']['output'];
  /** How many of them bought within the time after one. */
  readonly converted: Scalars['Int']['output'];
  /** Their share, 0 to 1; null where nobody was sent any. */
  readonly rate: Maybe<Scalars['Float']['output']>;
  /** Days from the message to the order, the median: of each buyer from the first message that an order followed in time to the first such order. */
  readonly medianDays: Maybe<Scalars['Float']['output']>;
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

/** What a message was like. */
export type TouchLike = {
  /** Over one of these channels. */
  readonly channel?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Of one of these campaigns. */
  readonly campaign?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** With one of these outcomes; else with any, also failed. */
  readonly outcome?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** A measure of the messages to a person, as in a condition on touches without its test. */
export type TouchMeasure = {
  /** What the message was like. */
  readonly where?: InputMaybe<TouchWhere>;
  /** When it was sent. */
  readonly within?: InputMaybe<RuleWindow>;
  /** What is measured: COUNT, DISTINCT_DAYS or one of time. */
  readonly measure?: InputMaybe<Scalars['Measure']['input']>;
};

/** Messages sent, as a step of a sequence. */
export type TouchStep = {
  /** What the message was like. */
  readonly where?: InputMaybe<TouchWhere>;
  /** When it was sent. */
  readonly within?: InputMaybe<RuleWindow>;
};

/** What a message was like; all of it. */
export type TouchWhere = {
  /** Over one of these channels. */
  readonly channel?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Of one of these campaigns. */
  readonly campaign?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** With one of these outcomes; else with any, also failed. */
  readonly outcome?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Not all of this is true of it together. */
  readonly not?: InputMaybe<TouchLike>;
};

/** An identifier of an upload that is nobody's. */
export type UnmatchedIdentifier = {
  /** Its place in the upload, from 0. */
  readonly place: Scalars['Int']['output'];
  /** As it was given. */
  readonly identifier: Scalars['String']['output'];
  /** NOT_FOUND, or what is wrong with it: UNKNOWN_KIND … */
  readonly code: Scalars['String']['output'];
  /** What a person reads. */
  readonly message: Scalars['String']['output'];
};

/** A list of identifiers that somebody uploaded: for the condition `list` of rules. */
export type UploadedList = {
  /** Its key, as rules name it. */
  readonly key: Scalars['ID']['output'];
  /** What people call it. */
  readonly name: Scalars['String']['output'];
  /** How many identifiers are on it; for callers of all brands. */
  readonly size: Maybe<Scalars['Int']['output']>;
  /** How many people are on it, each once; for callers of all brands. */
  readonly people: Maybe<Scalars['Int']['output']>;
  /** When something was last uploaded. */
  readonly uploadedAt: Maybe<Scalars['DateTime']['output']>;
  /** Who did. */
  readonly by: Maybe<Scalars['String']['output']>;
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

/** An address that is told of lines of the change feed, and how that goes. */
export type Webhook = {
  /** What it is called, in every delivery, too. */
  readonly id: Scalars['ID']['output'];
  /** Where it is told. */
  readonly url: Scalars['String']['output'];
  /** The types of lines; null: all. */
  readonly types: Maybe<ReadonlyArray<ChangeType>>;
  /** Only what a caller of that brand would see. */
  readonly brand: Maybe<Scalars['ID']['output']>;
  /** Only lines about this tag. */
  readonly tag: Maybe<Scalars['ID']['output']>;
  /** Only lines about this segment. */
  readonly segment: Maybe<Scalars['ID']['output']>;
  /** Only lines about this stage. */
  readonly stage: Maybe<Scalars['String']['output']>;
  /** Only lines about this journey. */
  readonly journey: Maybe<Scalars['String']['output']>;
  /** Whether it is told; what comes meanwhile waits for it. */
  readonly active: Scalars['Boolean']['output'];
  /** The number of the feed up to which it has been told. */
  readonly deliveredTo: Scalars['Int']['output'];
  /** How many lines it has been told. */
  readonly delivered: Scalars['Int']['output'];
  /** How many numbers of the feed are still to be looked at. */
  readonly behind: Scalars['Int']['output'];
  /** Attempts so far at the line that it is at. */
  readonly attempts: Scalars['Int']['output'];
  /** Since when it takes nothing. */
  readonly failingSince: Maybe<Scalars['DateTime']['output']>;
  /** Not tried again before. */
  readonly nextAttempt: Maybe<Scalars['DateTime']['output']>;
  /** What came of the last attempt that failed. */
  readonly error: Maybe<Scalars['String']['output']>;
  /** How many lines it could not be told; kept. */
  readonly deadLetters: Scalars['Int']['output'];
  /** When it was registered. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Who registered it. */
  readonly by: Scalars['String']['output'];
};

/** What became of a webhook. */
export type WebhookPayload = {
  /** As it is now; null when it was refused or gone. */
  readonly webhook: Maybe<Webhook>;
  /** What deliveries are signed with, when it is new: it is shown this once. */
  readonly secret: Maybe<Scalars['String']['output']>;
  /** Why it was refused; nothing was stored. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** How many dead letters are sent again. */
export type WebhookReplayPayload = {
  /** How many; they go out in the order of the feed. */
  readonly letters: Scalars['Int']['output'];
  /** Why none are. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What a receiver said to a delivery that is not of the feed. */
export type WebhookTestPayload = {
  /** Whether it answered with a 2xx. */
  readonly delivered: Scalars['Boolean']['output'];
  /** Its status, where it answered. */
  readonly status: Maybe<Scalars['Int']['output']>;
  /** What went wrong. */
  readonly error: Maybe<Scalars['String']['output']>;
  /** How long it took. */
  readonly milliseconds: Maybe<Scalars['Int']['output']>;
  /** Why nothing was sent. */
  readonly userErrors: ReadonlyArray<UserError>;
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

/** The identifier that a word hangs on. */
export type WordIdentifier = {
  /** Its global id, for `node`. */
  readonly id: Scalars['ID']['output'];
  /** Its kind: member; of a correction any. */
  readonly kind: Scalars['String']['output'];
  /** The brand or app that it belongs to; `*` without one. */
  readonly scope: Scalars['String']['output'];
  /** Its name, masked where it is personal. */
  readonly display: Scalars['String']['output'];
};
