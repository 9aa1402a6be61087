// Makes worker/identity/common-password-marks.ts from the list beside this file, one password a line in lower case:
//   npm exec -- node worker/local/make-common-passwords.mjs > worker/identity/common-password-marks.ts
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { markOf, SHELVES } from "../identity/password-mark.ts";

const words = readFileSync(join(import.meta.dirname, "common-passwords.txt"), "utf8")
	.trim()
	.split("\n");
const shelves = Array.from({ length: SHELVES }, () => new Set());
for (const word of words) {
	const { shelf, mark } = markOf(word);
	shelves[shelf].add(mark);
}
console.log(`// Made by worker/local/make-common-passwords.mjs from worker/local/common-passwords.txt; do not edit.

/** The marks of the ${words.length} most used passwords of eight characters and more, shelf by shelf. */
export const COMMON_PASSWORD_MARKS =
	"${shelves.map((marks) => [...marks].sort().join("")).join(".")}";`);
