import { dictionary } from "@zxcvbn-ts/language-common";

/** The most frequent passwords of public leaks, tens of thousands of them. */
const LEAKED_PASSWORDS = new Set(dictionary["passwords-common"]);

/** Words that people build passwords of, for the forms that a list of whole passwords misses. */
const OBVIOUS_WORDS = new Set(
  `password passwort motdepasse contrasena senha parola passphrase passcode pass secret letmein
   welcome willkommen bienvenue hello admin administrator root user guest login signin default
   changeme test testing tester demo example temp temporary qwerty qwertz azerty qwertyuiop asdfgh
   asdfghjkl zxcvbn zxcvbnm iloveyou loveyou love lovely sunshine princess monkey dragon football
   baseball basketball soccer hockey master superman batman spiderman starwars pokemon michael
   jordan jennifer jessica ashley daniel thomas robert charlie shadow trustno freedom whatever
   computer internet summer winter spring autumn monday friday january december money bitcoin
   crypto ethereum trading trader stocks wallstreet pairdesk pairstrading google facebook apple
   samsung android windows microsoft flower purple orange cookie chocolate butterfly angel baby
   family liverpool chelsea arsenal barcelona abc abcd abcde abcdef`.split(/\s+/),
);

const KEYBOARD_RUNS = [
  "qwertyuiop",
  "qwertzuiop",
  "asdfghjkl",
  "zxcvbnm",
  "azertyuiop",
  "1qaz2wsx3edc4rfv",
];

const LOOK_ALIKES: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};

/**
 * Why a password would be among the first to be guessed; null when it would not.
 *
 * @param person what belongs to the person, who must not use it as a password
 */
export function obviousPassword(
  password: string,
  person: { readonly email: string; readonly name: string },
): string | null {
  const text = password.toLowerCase().trim();
  if (isRepetition(text) || isRun(text)) return "This password is a simple pattern: use another";
  if (isOfPerson(text, person)) return "The password must not be your name or e-mail address";
  if (LEAKED_PASSWORDS.has(text) || isObviousWord(text)) {
    return "This password is among the first to be guessed: use another";
  }
  return null;
}

/** One piece over and over: "aaaaaaaa", "abcabcabc". */
function isRepetition(text: string): boolean {
  return /^(.{1,4})\1+.{0,3}$/.test(text) && new Set(text).size <= 4;
}

/** Neighbours in the alphabet, among the digits or on the keyboard, forwards or backwards. */
function isRun(text: string): boolean {
  const steps = [...text].slice(1).map((_, i) => text.charCodeAt(i + 1) - text.charCodeAt(i));
  if (steps.every((step) => step === 1) || steps.every((step) => step === -1)) return true;
  // Digits go round: after 9 comes 0.
  const around = steps.map((step) => (step + 10) % 10);
  if (/^\d+$/.test(text) && [1, 9].some((one) => around.every((step) => step === one))) return true;
  const reversed = [...text].reverse().join("");
  return KEYBOARD_RUNS.some((run) => run.includes(text) || run.includes(reversed));
}

function isOfPerson(text: string, { email, name }: { email: string; name: string }): boolean {
  const [local = ""] = email.split("@");
  const bare = (value: string) => value.toLowerCase().replace(/[^a-z0-9]/g, "");
  const core = bare(text).replace(/\d+$/, "");
  const own = [email, local, name].map(bare).filter((value) => value.length >= 3);
  return own.some((value) => bare(text) === value || core === value);
}

/** A listed word with what people add to it: digits, signs, a capital, letters written as digits. */
function isObviousWord(text: string): boolean {
  const plain = text.replace(/^[^a-z]+|[^a-z]+$/g, "");
  const spelled = [...text].map((letter) => LOOK_ALIKES[letter] ?? letter).join("");
  const spelledPlain = spelled.replace(/[^a-z]/g, "");
  const withoutTail = [...text.replace(/[^a-z]*$/, "")]
    .map((letter) => LOOK_ALIKES[letter] ?? letter)
    .join("");
  return [text, plain, spelled, spelledPlain, withoutTail].some(
    (form) => OBVIOUS_WORDS.has(form) || isTwice(form),
  );
}

/** A listed word written twice, or two listed words together. */
function isTwice(form: string): boolean {
  for (let i = 3; i <= form.length - 3; i++) {
    if (OBVIOUS_WORDS.has(form.slice(0, i)) && OBVIOUS_WORDS.has(form.slice(i))) return true;
  }
  return false;
}
