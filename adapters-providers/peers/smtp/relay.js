// A relay of npm's smtp-server: `node relay.js <port>`. Writes each mail that it takes as one line of JSON. Recipients that
// begin with refuse, later or silent are refused for good, refused for now, or never answered after the end of their mail.
'use strict';
const { SMTPServer } = require('smtp-server');

function refusal(address) {
  if (address.startsWith('refuse')) {
    return Object.assign(new Error('5.1.1 no such user'), { responseCode: 550 });
  }
  if (address.startsWith('later')) {
    return Object.assign(new Error('4.7.1 greylisted'), { responseCode: 450 });
  }
  return null;
}

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  onRcptTo(address, session, callback) {
    callback(refusal(address.address));
  },
  onData(stream, session, callback) {
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', () => {
      const { mailFrom, rcptTo } = session.envelope;
      const mail = { from: mailFrom.address, to: rcptTo[0].address, raw: Buffer.concat(chunks).toString('base64') };
      console.log(JSON.stringify(mail));
      if (!mail.to.startsWith('silent')) {
        callback(null, 'queued');
      }
    });
  },
});
server.on('error', (error) => console.log('error ' + error.message));
server.listen(Number(process.argv[2]), '127.0.0.1', () => console.log('listening'));
