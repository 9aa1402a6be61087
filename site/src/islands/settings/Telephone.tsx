import { PersonalNumber } from "./PersonalNumber";
import { Transfers } from "./Transfers";

/** The numbers that are no line of the account: the user's own, and those that take transferred calls. */
export function Telephone() {
	return (
		<>
			<PersonalNumber />
			<Transfers />
		</>
	);
}
