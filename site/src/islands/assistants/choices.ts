import type { Assistant } from "../../lib/wire";

type Choices<Word extends string> = readonly (readonly [Word, string])[];

// The API's own lists: a word that it does not know does not compile.
export const VOICES: Choices<Assistant["voice"]> = [
	["Elliot", "Elliot"],
	["Savannah", "Savannah"],
	["Rohan", "Rohan"],
	["Lily", "Lily"],
	["Cole", "Cole"],
	["Harry", "Harry"],
	["Paige", "Paige"],
	["Spencer", "Spencer"],
	["Neha", "Neha"],
	["Hana", "Hana"],
];
export const LANGUAGES: Choices<Assistant["language"]> = [
	["en-US", "English (United States)"],
	["en-GB", "English (United Kingdom)"],
	["de", "German"],
	["es-ES", "Spanish"],
	["fr-FR", "French"],
	["it", "Italian"],
	["nl", "Dutch"],
	["pt-BR", "Portuguese (Brazil)"],
	["pl", "Polish"],
	["sv", "Swedish"],
];
export const MODELS: Choices<Assistant["model"]> = [
	["gpt-4.1-mini", "Quick (GPT-4.1 mini)"],
	["gpt-4.1", "Thorough (GPT-4.1)"],
	["gpt-5.4-mini", "Quick (GPT-5.4 mini)"],
	["gpt-5.4", "Thorough (GPT-5.4)"],
];

/** The choice with this word; the first one for a word that is none of them. */
export function oneOf<Word extends string>(choices: Choices<Word>, word: string): Word {
	const found = choices.find(([each]) => each === word) ?? choices[0];
	if (!found) throw new Error("no choices");
	return found[0];
}
