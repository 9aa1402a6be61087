import * as z from "zod";
import { RouteStep } from "../routing/inputs";
import type { Branch } from "./callback-url";
import type { CallContext, RingGroup } from "./context/store";

const VOICEMAIL: RouteStep = { kind: "voicemail", maxSeconds: 120 };
/** Of a line about which nothing was decided: whoever has it is rung, then there is voicemail. */
const USUAL: RouteStep[] = [{ kind: "ring", userIds: [], order: "all", seconds: 25 }, VOICEMAIL];

/** What somebody decided for one call while it was under way. */
export const MovedRoute = z.object({
	steps: z.array(RouteStep),
	/** What is said to the caller meanwhile is said in it: BCP 47. */
	language: z.string().optional(),
});

/** The language that a caller is spoken to in: what was decided for the call, or else for its line; undefined for the carrier's own. */
export const languageOf = ({ route, routing }: Pick<CallContext, "route" | "routing">) =>
	MovedRoute.safeParse(route).data?.language ?? routing?.language;

type Deciding = Pick<CallContext, "routing" | "route" | "assistantId" | "groups">;

/** The steps of a route in order, with groups as the people in them, and people who are rung one by one apart. */
export function stepsOf(call: Deciding, branch: Branch): RouteStep[] {
	return written(call, branch)
		.flatMap((step) => (step.kind === "group" ? ringOf(call.groups.get(step.ringGroupId)) : [step]))
		.flatMap((step) =>
			step.kind === "ring" && step.order === "one_by_one"
				? step.userIds.map((userId) => ({ ...step, userIds: [userId] }))
				: [step],
		);
}

// A group that is gone rings nobody: the next step follows.
function ringOf(group: RingGroup | undefined): RouteStep[] {
	if (!group) return [];
	const { memberIds: userIds, strategy: order, ringSeconds: seconds } = group;
	return [{ kind: "ring", userIds, order, seconds }];
}

function written({ routing, route, assistantId }: Deciding, branch: Branch) {
	if (branch === "moved") return MovedRoute.safeParse(route).data?.steps ?? [];
	if (branch === "aside") return [...(routing?.steps.filter(({ kind }) => kind === "voicemail") ?? []), VOICEMAIL];
	// With a real provider the carrier sends it the line's calls past our routing; so it is here, until it is disconnected.
	const first: RouteStep[] = assistantId ? [{ kind: "assistant", assistantId }] : [];
	if (branch === "closed") return [...first, ...(routing?.hours?.closed ?? [VOICEMAIL])];
	return [...first, ...(routing?.steps ?? USUAL)];
}
