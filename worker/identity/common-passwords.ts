import { COMMON_PASSWORD_MARKS } from "./common-password-marks";
import { MARK_LENGTH, markOf } from "./password-mark";

/** True for one of the most used passwords, in whatever case: what somebody who guesses tries first. */
export function isCommonPassword(text: string): boolean {
	const { shelf, mark } = markOf(text.toLowerCase());
	const marks = COMMON_PASSWORD_MARKS.split(".")[shelf] ?? "";
	for (let at = 0; at < marks.length; at += MARK_LENGTH) if (marks.startsWith(mark, at)) return true;
	return false;
}
