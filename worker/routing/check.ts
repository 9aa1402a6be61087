import { Fault, notFound } from "../errors";
import type { Scope } from "../scope";
import type { RouteStep, Routing } from "./inputs";
import { type Referents, referents } from "./store";

/**
 * Throws unless everything that the steps refer to is the account's. A call that is put through to one of the account's own lines would
 * come back in and go round: that is refused too. Assistants are asked when the call is there. One round trip, none without references.
 */
export async function checkSteps(
	{ db, accountId }: Pick<Scope, "db" | "accountId">,
	steps: RouteStep[],
): Promise<void> {
	const ids = steps.flatMap(idsIn);
	const forwards = steps.flatMap((step) => (step.kind === "forward" && step.number ? [step.number] : []));
	if (ids.length + forwards.length === 0) return;
	const found = await referents(db, accountId, ids, forwards);
	for (const step of steps) checkStep(step, found);
}

/** Every step of a routing, of open and of closed hours. */
export const stepsIn = ({ steps, hours }: Routing): RouteStep[] => [...steps, ...(hours?.closed ?? [])];

function idsIn(step: RouteStep): string[] {
	switch (step.kind) {
		case "ring":
			return step.userIds;
		case "group":
			return [step.ringGroupId];
		case "forward":
			return step.transferNumberId ? [step.transferNumberId] : [];
		case "sip":
			return [step.providerId];
		case "queue":
			return [step.queueId];
		case "voicemail":
		case "play":
			return step.greetingFileId ? [step.greetingFileId] : [];
		default:
			return [];
	}
}

function checkStep(step: RouteStep, found: Referents): void {
	const known = (ids: string[], among: Set<string>) => ids.every((id) => among.has(id));
	if (step.kind === "ring" && !known(idsIn(step), found.people)) throw notFound("User");
	if (step.kind === "group" && !known(idsIn(step), found.groups)) throw notFound("Ring group");
	if (step.kind === "sip" && !known(idsIn(step), found.providers)) throw notFound("SIP provider");
	if (step.kind === "queue" && !known(idsIn(step), found.queues)) throw notFound("Queue");
	if ((step.kind === "voicemail" || step.kind === "play") && !known(idsIn(step), found.greetings))
		throw notFound("Greeting");
	if (step.kind !== "forward") return;
	if (!known(idsIn(step), found.transferNumbers)) throw notFound("Transfer number");
	if (step.number && found.ownNumbers.has(step.number))
		throw new Fault("invalid_input", "routing: this is a line of your own, and the call would come back");
}
