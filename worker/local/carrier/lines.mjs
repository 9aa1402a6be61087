const CAPABILITIES = { voice: true, sms: true, mms: true };

/** The lines that the account has at the loopback carrier, and an endless stock of new ones. */
export class Lines {
	owned = new Map();
	#next = 2_000_000;

	/** A page of US numbers for sale. */
	stock() {
		const numbers = Array.from({ length: 20 }, () => `+1415${this.#next++}`);
		return {
			available_phone_numbers: numbers.map((phone_number) => ({
				phone_number,
				iso_country: "US",
				locality: "San Francisco",
				region: "CA",
				capabilities: { voice: true, SMS: true, MMS: true },
			})),
		};
	}

	isOwned(number) {
		return [...this.owned.values()].some(({ phone_number }) => phone_number === number);
	}

	buy(sid, { PhoneNumber: phone_number, FriendlyName: friendly_name }) {
		const line = { sid, phone_number, friendly_name, capabilities: CAPABILITIES };
		this.owned.set(sid, line);
		return line;
	}

	find(number) {
		const found = [...this.owned.values()].filter(({ phone_number }) => !number || phone_number === number);
		return { incoming_phone_numbers: found };
	}
}
