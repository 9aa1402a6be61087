import type { Scope } from "../../scope";
import type { MessageSettings } from "./inputs";
import { findHelpText, putHelpText } from "./store";

/** What HELP is answered with when the account has not decided; the company's name stands before it. */
export const USUAL_HELP =
	"Write to us here and we will read it. Reply STOP to get no more messages, START to get them again.";

export async function readMessageSettings({ db, accountId, carrier }: Scope): Promise<MessageSettings> {
	const helpText = (await findHelpText(db, accountId)) ?? null;
	return { helpText, effectiveHelpText: helpText ?? (carrier.answersHelp ? "" : USUAL_HELP) };
}

export async function changeMessageSettings(scope: Scope, helpText: string | null): Promise<MessageSettings> {
	await putHelpText(scope.db, scope.accountId, helpText);
	return { helpText, effectiveHelpText: helpText ?? (scope.carrier.answersHelp ? "" : USUAL_HELP) };
}
