import { describe, expect, it } from "vitest";
import { type CallingHours, closesAt, isOpen, nextOpening } from "./calling-hours";

const MINUTE = 60_000;
const DAY = 86_400_000;
const ALWAYS = "1234567";
const hours = (overrides: Partial<CallingHours> & { zones: string; from: number }): CallingHours => ({
	window: { startMinute: 9 * 60, endMinute: 20 * 60, days: ALWAYS },
	legal: { startMinute: 8 * 60, endMinute: 21 * 60 },
	...overrides,
});
const at = (iso: string) => Date.parse(iso);

describe("calling hours in one zone", () => {
	it("are open inside, closed outside, from the first minute and without the last", () => {
		const berlin = (iso: string) => isOpen(hours({ zones: "Europe/Berlin", from: at(iso) }));

		expect(berlin("2026-11-21T07:59:59.999Z")).toBe(false);
		expect(berlin("2026-11-21T08:00:00Z")).toBe(true);
		expect(berlin("2026-11-21T18:59:59.999Z")).toBe(true);
		expect(berlin("2026-11-21T19:00:00Z")).toBe(false);
	});

	it("open next on the next allowed weekday, by the phone's own calendar", () => {
		const friday = { startMinute: 9 * 60, endMinute: 20 * 60, days: "5" };

		const opens = nextOpening(hours({ zones: "Pacific/Auckland", window: friday, from: at("2026-11-19T09:00:00Z") }));

		expect(opens).toBe(at("2026-11-19T20:00:00Z")); // Friday 09:00 in Auckland
	});

	it("never go beyond the law", () => {
		const allDay = { startMinute: 0, endMinute: 1_440, days: ALWAYS };
		const night = hours({ zones: "America/New_York", window: allDay, from: at("2026-11-21T03:00:00Z") });

		expect(nextOpening(night)).toBe(at("2026-11-21T13:00:00Z"));
		expect(closesAt({ ...night, from: at("2026-11-21T13:00:00Z") })).toBe(at("2026-11-22T02:00:00Z"));
	});

	it("say when they close, and nothing when they are closed", () => {
		expect(closesAt(hours({ zones: "UTC", from: at("2026-11-21T12:00:00Z") }))).toBe(at("2026-11-21T20:00:00Z"));
		expect(closesAt(hours({ zones: "UTC", from: at("2026-11-21T21:00:00Z") }))).toBeNull();
	});

	it("join days that are open through midnight", () => {
		const whole = {
			window: { startMinute: 0, endMinute: 1_440, days: "67" },
			legal: { startMinute: 0, endMinute: 1_440 },
		};

		expect(closesAt(hours({ zones: "Asia/Tokyo", ...whole, from: at("2026-11-21T00:00:00Z") }))).toBe(
			at("2026-11-22T15:00:00Z"),
		);
	});

	it("open again after holidays that fall on their one day of the week, however many there are", () => {
		const mondays = { startMinute: 9 * 60, endMinute: 20 * 60, days: "1", holidays: ["2026-11-23", "2026-11-30"] };

		const opens = nextOpening(hours({ zones: "UTC", window: mondays, from: at("2026-11-21T12:00:00Z") }));

		expect(opens).toBe(at("2026-12-07T09:00:00Z"));
	});

	it("open 8 days on at the latest, or not at all", () => {
		const mondays = { startMinute: 9 * 60, endMinute: 9 * 60 + 1, days: "1" };
		const justMissed = at("2026-11-23T09:01:00Z");

		expect(nextOpening(hours({ zones: "UTC", window: mondays, from: justMissed }))).toBe(justMissed + 7 * DAY - MINUTE);
	});
});

describe("calling hours in several zones", () => {
	it("are open when they are open everywhere at once", () => {
		const coastToCoast = hours({ zones: "America/Los_Angeles|America/New_York", from: at("2026-11-20T14:00:00Z") });

		expect(nextOpening(coastToCoast)).toBe(at("2026-11-20T17:00:00Z")); // 09:00 in Los Angeles
		expect(closesAt({ ...coastToCoast, from: at("2026-11-20T17:00:00Z") })).toBe(at("2026-11-21T01:00:00Z")); // 20:00 in New York
	});

	it("are never open when the zones are too far apart", () => {
		const short = { startMinute: 9 * 60, endMinute: 11 * 60, days: ALWAYS };

		expect(nextOpening(hours({ zones: "Europe/London|Asia/Tokyo", window: short, from: 0 }))).toBeNull();
	});
});

describe("calling hours that cannot be", () => {
	it.each([
		["no zone is known", { zones: "" }],
		["a zone does not exist", { zones: "Europe/Berlin|Mars/Phobos" }],
		["they end before they start", { zones: "UTC", window: { startMinute: 1_320, endMinute: 360, days: ALWAYS } }],
		["there is no weekday", { zones: "UTC", window: { startMinute: 540, endMinute: 1_200, days: "" } }],
		["the law leaves nothing", { zones: "UTC", legal: { startMinute: 1_260, endMinute: 1_300 } }],
	])("never open: %s", (_, overrides) => {
		const closed = hours({ from: at("2026-11-21T12:00:00Z"), ...overrides });

		expect([nextOpening(closed), isOpen(closed), closesAt(closed)]).toEqual([null, false, null]);
	});
});

// The oracle reads the wall clock of each zone minute by minute, by another way than the engine's offsets.
const walls = new Map<string, Intl.DateTimeFormat>();
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
function wall(zone: string, moment: number): { minute: number; weekday: string } {
	let clock = walls.get(zone);
	if (!clock) {
		clock = new Intl.DateTimeFormat("en-GB", {
			timeZone: zone,
			weekday: "short",
			hour: "2-digit",
			minute: "2-digit",
			hourCycle: "h23",
		});
		walls.set(zone, clock);
	}
	const [, weekday = "", hour, minute] = /(\w{3}).*?(\d\d):(\d\d)/.exec(clock.format(moment)) ?? [];
	return { minute: Number(hour) * 60 + Number(minute), weekday: String(WEEKDAYS.indexOf(weekday) + 1) };
}
function openByTheWall({ zones, window, legal, from }: CallingHours): boolean {
	return zones.split("|").every((zone) => {
		const { minute, weekday } = wall(zone, from);
		const within = (pair: { startMinute: number; endMinute: number }) =>
			minute >= pair.startMinute && minute < pair.endMinute;
		return within(window) && within(legal) && window.days.includes(weekday);
	});
}

/** Numbers that look random and are the same in every run. */
function dice(seed: number): (sides: number) => number {
	let state = seed;
	return (sides) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * sides);
	};
}

/** When the zone's clocks change in 2027, to the minute. */
function changes(zone: string): number[] {
	const ahead = (moment: number) => {
		const { minute, weekday } = wall(zone, moment);
		return (Number(weekday) * 1_440 + minute - moment / MINUTE + 1e9 * 1_440) % (7 * 1_440);
	};
	const found: number[] = [];
	for (let day = at("2027-01-01T00:00:00Z"); day < at("2028-01-01T00:00:00Z"); day += DAY) {
		if (ahead(day) === ahead(day + DAY)) continue;
		let minute = day;
		while (ahead(minute) === ahead(day)) minute += MINUTE;
		found.push(minute);
	}
	return found;
}

describe("calling hours in every zone of the world", () => {
	const zones = Intl.supportedValuesOf("timeZone");
	const roll = dice(7);
	const someHours = () => {
		const startMinute = roll(1_380);
		return { startMinute, endMinute: startMinute + 1 + roll(1_440 - startMinute) };
	};
	/** The engine agrees with the wall clock about `from`, and about every step up to the opening that it promises. */
	const disagreement = (asked: CallingHours, step: number): string | null => {
		const name = JSON.stringify(asked);
		if (isOpen(asked) !== openByTheWall(asked)) return `open? ${name}`;
		const opens = nextOpening(asked);
		if (opens === null) return `never? ${name}`;
		if (!openByTheWall({ ...asked, from: opens })) return `closed at its opening: ${name}`;
		if (opens > asked.from && openByTheWall({ ...asked, from: opens - 1 })) return `open before its opening: ${name}`;
		for (let moment = asked.from; moment < opens; moment += step)
			if (openByTheWall({ ...asked, from: moment })) return `open earlier: ${name}`;
		const closes = closesAt({ ...asked, from: opens });
		if (closes === null || closes <= opens) return `no close: ${name}`;
		for (let moment = opens; moment < closes; moment += step)
			if (!openByTheWall({ ...asked, from: moment })) return `closed earlier: ${name}`;
		return openByTheWall({ ...asked, from: closes }) ? `open after its close: ${name}` : null;
	};

	it("agree with the wall clock around both changes of daylight saving time", () => {
		let edges = 0;
		const wrong: (string | null)[] = [];
		for (const zone of zones)
			for (const edge of changes(zone)) {
				edges++;
				for (const before of [36 * 60, 60, 1, 0, -30])
					wrong.push(
						disagreement(
							{
								zones: zone,
								window: { ...someHours(), days: ALWAYS },
								legal: { startMinute: 0, endMinute: 1_440 },
								from: edge - before * MINUTE,
							},
							7 * MINUTE,
						),
					);
			}

		expect(edges).toBeGreaterThan(200);
		expect(wrong.filter(Boolean)).toEqual([]);
	});

	it("agree with the wall clock on any day, with weekdays and legal hours", () => {
		const wrong = zones.map((zone) =>
			disagreement(
				{
					zones: zone,
					window: {
						startMinute: roll(900),
						endMinute: 1_000 + roll(440),
						days: ["12345", "67", "135"][roll(3)] ?? "1",
					},
					legal: { startMinute: 480, endMinute: 1_260 },
					from: at("2026-01-01T00:00:00Z") + roll(2 * 365 * 1_440) * MINUTE,
				},
				11 * MINUTE,
			),
		);

		expect(wrong.filter(Boolean)).toEqual([]);
	});

	it("open for several zones only when the wall clocks of all agree", () => {
		const wrong: (string | null)[] = [];
		for (let i = 0; i < 200; i++) {
			const asked = {
				zones: [0, 0, 0].map(() => zones[roll(zones.length)]).join("|"),
				window: { startMinute: roll(600), endMinute: 900 + roll(540), days: ALWAYS },
				legal: { startMinute: 0, endMinute: 1_440 },
				from: at("2027-03-20T00:00:00Z") + roll(30 * 1_440) * MINUTE,
			};
			const opens = nextOpening(asked);
			if (opens !== null) wrong.push(disagreement(asked, 13 * MINUTE));
			else
				for (let moment = asked.from; moment < asked.from + 2 * DAY; moment += 13 * MINUTE)
					if (openByTheWall({ ...asked, from: moment })) wrong.push(`open after all: ${JSON.stringify(asked)}`);
		}

		expect(wrong.filter(Boolean)).toEqual([]);
	});
});
