// Verifies a mail's DKIM signature with npm's mailauth: `node verify.js <mail> <TXT record of the key>`. Writes its result.
'use strict';
const fs = require('node:fs');
const { dkimVerify } = require('mailauth/lib/dkim/verify');

const [, , mail, record] = process.argv;
dkimVerify(fs.readFileSync(mail), { resolver: async () => [[record]] }).then(
  (result) => console.log('dkim=' + result.results.map((each) => each.status.result).join(',')),
  (error) => console.log('error ' + error.message),
);
