import { hashOf } from "./hash.ts";

/** Who is at the other end of a pretend line. A number always reaches the same person, who always does the same. */
export interface Person {
	outcome: "human" | "machine" | "busy" | "no-answer" | "failed";
	/** Seconds of ringing before somebody, or the machine, answers. */
	answersAfter: number;
	/** One for each time that a key is asked for; nothing is pressed when they run out. */
	keys: string[];
	/** Seconds of listening before a key is pressed. */
	reactsAfter: number;
	/** Seconds after the answer at which they hang up; null when they stay as long as there is something to hear. */
	hangsUpAfter: number | null;
	/** Seconds of talk once connected to somebody. */
	talksFor: number;
	/** Somebody holds this phone and does all of it by hand. */
	inHand?: boolean;
}

type Nature =
	| "pressesOne"
	| "pressesNine"
	| "pressesWrong"
	| "hangsUp"
	| "listens"
	| "stays"
	| "machine"
	| "noAnswer"
	| "busy"
	| "failed";

/**
 * | of 1000 numbers | who                                                 | last four digits that always mean so |
 * |---|---|---|
 * | 183 | human: presses 1 (a third of the humans)                        | 0001 |
 * |  55 | human: presses 9 (a tenth)                                      | 0009 |
 * |  40 | human: presses 5, which means nothing; asked again, presses 1   | 0005 |
 * | 172 | human: hangs up after some seconds                              | 0000 |
 * | 100 | human: listens to the end and presses nothing                   | 0007 |
 * |   0 | human: does not hang up before the other one does               | 0008 |
 * | 150 | an answering machine                                            | 0002 |
 * | 150 | nobody answers                                                  | 0003 |
 * | 100 | busy                                                            | 0004 |
 * |  50 | cannot be reached                                               | 0006 |
 */
const SHARES: [nature: Nature, of1000: number, digits: string][] = [
	["pressesOne", 183, "0001"],
	["pressesNine", 55, "0009"],
	["pressesWrong", 40, "0005"],
	["hangsUp", 172, "0000"],
	["listens", 100, "0007"],
	["stays", 0, "0008"],
	["machine", 150, "0002"],
	["noAnswer", 150, "0003"],
	["busy", 100, "0004"],
	["failed", 50, "0006"],
];

/** So many seconds nobody talks. */
export const STAYS = 14_400;

const OUTCOMES: Record<Nature, Person["outcome"]> = {
	pressesOne: "human",
	pressesNine: "human",
	pressesWrong: "human",
	hangsUp: "human",
	listens: "human",
	stays: "human",
	machine: "machine",
	noAnswer: "no-answer",
	busy: "busy",
	failed: "failed",
};

const KEYS: Partial<Record<Nature, string[]>> = { pressesOne: ["1"], pressesNine: ["9"], pressesWrong: ["5", "1"] };

/** Who answers at this number. */
export function personAt(address: string): Person {
	return personOf(chosenNature(address) ?? drawnNature(address), address);
}

/** Who answers at this number when a call is put through to it: people at work, unless the last digits say otherwise. */
export function deskAt(address: string): Person {
	return personOf(chosenNature(address) ?? "listens", address);
}

/** Whether a message reaches this number. About one in twenty-five does not, nor do those that end in 0006. */
export function isReachable(e164: string): boolean {
	return chosenNature(e164) !== "failed" && hashOf(`message ${e164}`, 25) !== 0;
}

function personOf(nature: Nature, address: string): Person {
	const among = (what: string, least: number, most: number) => least + hashOf(`${what} ${address}`, most - least + 1);
	return {
		outcome: OUTCOMES[nature],
		answersAfter: among("answers", 3, 15),
		keys: KEYS[nature] ?? [],
		reactsAfter: among("reacts", 2, 9),
		hangsUpAfter: nature === "hangsUp" ? among("hangs up", 2, 14) : null,
		talksFor: nature === "stays" ? STAYS : among("talks", 20, 90),
	};
}

function chosenNature(address: string): Nature | undefined {
	return SHARES.find(([, , digits]) => /^\+\d+$/.test(address) && address.endsWith(digits))?.[0];
}

function drawnNature(address: string): Nature {
	let drawn = hashOf(address, 1000);
	for (const [nature, share] of SHARES) {
		drawn -= share;
		if (drawn < 0) return nature;
	}
	return "listens";
}
