/** What a number counts; durations are in bars, shares are fractions. */
export type ParameterUnit =
  | "bars"
  | "z-score"
  | "standard deviations"
  | "fraction"
  | "basis points"
  | "instruments"
  | "position"
  | "votes"
  | "index points"
  | "periods per year"
  | "none";

type Described = {
  /** Its name in a form: a few words, no full stop. */
  readonly label: string;
  /** One plain sentence: what it does, and which way larger goes. */
  readonly help: string;
};

type Ranged = Described & {
  readonly unit: ParameterUnit;
  /** The least and the largest value that are accepted, both included. */
  readonly min: number;
  readonly max: number;
  /** How far one press of a spinner goes, and the usual grid of a sweep. */
  readonly step: number;
};

export type NumberParameter = Ranged & {
  readonly kind: "number";
  readonly optional: false;
  readonly default: number;
};
export type IntegerParameter = Ranged & {
  readonly kind: "integer";
  readonly optional: false;
  readonly default: number;
};

/** A number that may be left out: null switches its rule off. */
export type OptionalNumberParameter = Ranged & {
  readonly kind: "number" | "integer";
  readonly optional: true;
  readonly default: number | null;
};

/** One of a few: every choice with its name for people. */
export type ChoiceParameter<Choice extends string = string> = Described & {
  readonly kind: "choice";
  readonly choices: Readonly<Record<Choice, string>>;
  readonly default: Choice;
};

export type BooleanParameter = Described & { readonly kind: "boolean"; readonly default: boolean };

export type StrategyParameter =
  | NumberParameter
  | IntegerParameter
  | OptionalNumberParameter
  | ChoiceParameter
  | BooleanParameter;

/** The value of a parameter, as a form or a document has it. */
export type ParameterValue = number | string | boolean | null;

/** The kind of field that can hold values of a type. */
type ParameterOf<Value> = [Value] extends [boolean]
  ? BooleanParameter
  : [Value] extends [string]
    ? ChoiceParameter<Value>
    : [Value] extends [number]
      ? NumberParameter | IntegerParameter
      : OptionalNumberParameter;

/** One field for every value of a configuration, in the order of the form. */
export type StrategyParameters<Config> = {
  readonly [Name in keyof Config]: ParameterOf<Config[Name]>;
};

/** What must hold between fields; the message is shown beside `field` when it does not. */
export type ParameterRule<Config> = {
  readonly field: keyof Config & string;
  readonly message: string;
  readonly holds: (config: Config) => boolean;
};
