import { describe, expect, it } from "vitest";
import { fakeCarrier } from "../test/fake-carrier";
import { house, openAccount } from "../test/house";
import { inboxNumber, newSid, textFrom } from "../test/inbox";
import { pullNow } from "./pull";

const PEER = "+447712345678";

describe("asking the carrier what came in", () => {
	it("keeps what no webhook told, once, with what it says of consent", async () => {
		const account = await openAccount();
		const number = await inboxNumber(account);
		const carrier = fakeCarrier();
		const told = newSid();
		const listed = (ref: string, body: string, to = number) => ({
			...{ ref, body, to, from: PEER, direction: "inbound" as const, status: "received", segments: 1, mediaCount: 0 },
			createdAt: Date.now(),
		});
		await textFrom(PEER, number, "told", { MessageSid: told });
		carrier.messages.push(listed(told, "told"), listed(newSid(), "lost"), listed(newSid(), "STOP"));
		carrier.messages.push(listed(newSid(), "to nobody", "+14155559999"));

		const found = [await pullNow(house({ carrier })), await pullNow(house({ carrier }))];

		expect(found).toEqual([3, 0]);
		const { items } = await (await account.call("/api/conversations")).json<{ items: { unread: number }[] }>();
		expect(items).toMatchObject([{ unread: 3 }]);
		const entry = await account.call(`/api/do-not-call/${PEER}`);
		expect(await entry.json()).toMatchObject({ source: "sms", removable: false });
	});

	it("goes on where the last look that succeeded began", async () => {
		const carrier = fakeCarrier();
		const asked: number[] = [];
		const receivedMessages = async ({ since }: { since: number }) => {
			asked.push(since);
			return [];
		};
		const spying = { ...carrier, receivedMessages };
		const at = Date.now() + 10 * 86_400_000;
		await pullNow(house({ carrier: spying, now: () => at }));
		const failing = { ...carrier, receivedMessages: () => Promise.reject(new Error("down")) };
		await expect(pullNow(house({ carrier: failing, now: () => at + 3_600_000 }))).rejects.toThrow("down");

		await pullNow(house({ carrier: spying, now: () => at + 7_200_000 }));

		expect(asked[1]).toBe(at - 15 * 60_000);
	});
});
