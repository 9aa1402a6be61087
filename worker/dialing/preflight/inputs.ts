import * as z from "zod";

/** `startsAt`: what if it started then; without, when it is set to start, or now. */
export const PreflightQuery = z.object({ startsAt: z.iso.datetime({ offset: true }).optional() });

const count = z.number().int().min(0);

export const PreflightShape = z
	.object({
		startsAt: z.iso.datetime(),
		people: count,
		dialable: count,
		skipped: z.array(z.object({ reason: z.string(), count })),
		/** People whose hours, or the campaign's end, come before their turn. */
		notReached: count,
		/** Rows of the list's files that were merged with a number known already. */
		mergedDuplicates: count,
		/** Rows of the list's files that have no usable number, and have not been mended. */
		invalidRows: count,
		cost: z.object({
			/** One attempt to everybody, each at its dearest. */
			onceMicros: count,
			/** Every attempt that the retries allow, each at its dearest. */
			ceilingMicros: count,
			availableMicros: z.number().int(),
			isCovered: z.boolean(),
			currency: z.string(),
		}),
		pace: z.object({ callsPerSecond: z.number(), limitedBy: z.enum(["campaign", "carrier", "concurrency"]) }),
		/** When everybody has been called once; null when somebody is not reached. */
		finishesAt: z.iso.datetime().nullable(),
		/** One strip of 24 hours per zone, those with most people first; `open` in minutes of the hour. */
		zones: z.array(
			z.object({
				zones: z.array(z.string()),
				people: count,
				opensAt: z.iso.datetime().nullable(),
				open: z.array(count).length(24),
				calls: z.array(count).length(24),
			}),
		),
		missing: z.array(z.object({ path: z.string(), message: z.string() })),
	})
	.meta({ id: "CampaignPreflight" });
export type PreflightShape = z.output<typeof PreflightShape>;
