import * as z from "zod";
import { PageQuery } from "../http/pages";
import { MoneyShape } from "../wallet/inputs";

const userId = z.string().optional();

/** Whole cents, from one dollar to ten thousand. */
export const TopUpInput = z.strictObject({
	amountMicros: z.int().min(1_000_000).max(10_000_000_000).multipleOf(10_000, "must be whole cents"),
	currency: z.literal("USD").optional(),
	userId,
});
export type TopUpInput = z.output<typeof TopUpInput>;

export const TopUp = z.object({
	paymentId: z.string(),
	status: z.enum(["open", "succeeded"]),
	simulated: z.boolean(),
	amount: MoneyShape,
	/** Where to pay; null when there is nothing left to pay. */
	checkoutUrl: z.string().nullable(),
});
export type TopUp = z.output<typeof TopUp>;

export const SubscribeInput = z.strictObject({ planId: z.string().min(1).max(100), userId });
export type SubscribeInput = z.output<typeof SubscribeInput>;

export const Plan = z.object({
	id: z.string(),
	name: z.string(),
	description: z.string(),
	price: MoneyShape,
	interval: z.literal("month"),
	/** What is credited to the wallet with every paid month. */
	includedCredit: MoneyShape,
});
export type Plan = z.output<typeof Plan>;

export const PlanInput = z.strictObject({
	name: z.string().trim().min(1).max(60),
	description: z.string().trim().max(300).default(""),
	priceMicros: z.int().min(1_000_000).max(10_000_000_000).multipleOf(10_000, "must be whole cents"),
	creditMicros: z.int().min(0).max(10_000_000_000),
	isOffered: z.boolean().default(true),
	position: z.int().min(0).max(1_000).default(0),
});
export type PlanInput = z.output<typeof PlanInput>;

/** A plan as administrators see it, offered or not. */
export const PlanOnFile = Plan.extend({ isOffered: z.boolean(), position: z.int() });

export const Subscription = z.object({
	id: z.string(),
	userId: z.string(),
	planId: z.string(),
	status: z.string(),
	currentPeriodStart: z.string(),
	currentPeriodEnd: z.string(),
	cancelAtPeriodEnd: z.boolean(),
	simulated: z.boolean(),
	createdAt: z.string(),
});
export type Subscription = z.output<typeof Subscription>;

/** A subscription, or the page on which to pay for one. */
export const Subscribed = z.object({
	status: z.enum(["active", "checkout"]),
	subscription: Subscription.nullable(),
	checkoutUrl: z.string().nullable(),
});
export type Subscribed = z.output<typeof Subscribed>;

export const CancelInput = z.strictObject({ cancel: z.boolean().default(true), userId });

export const PaymentsQuery = PageQuery.extend({ userId });
export const Payment = z.object({
	id: z.string(),
	kind: z.enum(["top_up", "subscription"]),
	status: z.string(),
	amount: MoneyShape,
	refunded: MoneyShape,
	method: z.string(),
	plan: z.string().nullable(),
	simulated: z.boolean(),
	createdAt: z.string(),
});
export const Portal = z.object({ url: z.string() });
