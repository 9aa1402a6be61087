import { describe, expect, it } from "vitest";
import { CarrierUnclear, type PlaceCall } from "../outside/carrier/carrier";
import { fakeCarrier } from "../test/fake-carrier";
import { placeAll } from "./order";

const orderTo = (to: string): PlaceCall => ({
	to,
	from: "+14152000000",
	answerUrl: "https://trunkline.test/answer",
	statusUrl: "https://trunkline.test/status",
	ringSeconds: 30,
	maxSeconds: 60,
});
const people = ["+14153000001", "+14153000002", "+14153000003"];

describe("calls that are ordered together", () => {
	it("say how each was taken, in their order", async () => {
		const carrier = fakeCarrier();
		const place = carrier.placeCall;
		carrier.placeCall = (request) =>
			request.to === people[1] ? Promise.reject(new CarrierUnclear("cut off")) : place(request);

		const { taken } = await placeAll(carrier, people.map(orderTo));

		expect(taken.map(({ result }) => result)).toEqual(["placed", "unclear", "placed"]);
	});

	it("are waited for by one clock", async () => {
		const carrier = fakeCarrier();
		const deadlines: (AbortSignal | undefined)[] = [];
		const place = carrier.placeCall;
		carrier.placeCall = (request, deadline) => {
			deadlines.push(deadline);
			return place(request);
		};

		await placeAll(carrier, people.map(orderTo));

		expect(deadlines).toHaveLength(people.length);
		expect(deadlines[0]).toBeInstanceOf(AbortSignal);
		expect(new Set(deadlines).size).toBe(1);
	});
});
