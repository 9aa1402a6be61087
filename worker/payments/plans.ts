import { inOneBatch } from "../db/client";
import { audit } from "../identity/audit/store";
import type { Scope } from "../scope";
import type { Plan, PlanInput } from "./inputs";
import { putPlan } from "./plans/store";
import { planOnWire } from "./shape";

/** Makes or changes a plan. Who is subscribed keeps paying the price at the provider until the plan is changed there. */
export async function setPlan(scope: Scope, id: string, input: PlanInput): Promise<Plan> {
	const plan = { id, currency: "USD", ...input };
	await inOneBatch(scope.db, [
		putPlan(scope.db, plan),
		audit(scope.db, scope, { action: "plan.set", object: id, detail: input }),
	]);
	return planOnWire(plan);
}
