import { conversationsContract } from "../contracts/conversations.contract.ts";
import { debtsContract } from "../contracts/debts.contract.ts";
import { ledgerContract } from "../contracts/ledger.contract.ts";
import { paceContract } from "../contracts/pace.contract.ts";
import { privacyContract } from "../contracts/privacy.contract.ts";
import { rateContract } from "../contracts/rate.contract.ts";
import { recordsContract } from "../contracts/records.contract.ts";
import { describeStores } from "../support/store.ts";

describeStores("conversations", conversationsContract);
describeStores("debts", debtsContract);
describeStores("ledger", ledgerContract);
describeStores("pace", paceContract);
describeStores("rate", rateContract);
describeStores("records", recordsContract);
describeStores("personal data", privacyContract);
