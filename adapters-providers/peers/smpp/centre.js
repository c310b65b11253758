// An SMS centre by npm's smpp. What it does with a message is asked for by the last two digits of
// its number: 20 refused, 31 throttled once, 50 never answered, 70 receipt before the answer; all
// else is taken and delivered. Ids are hexadecimal in answers and decimal, filled up with zeros, in
// receipts. Writes a line of JSON for each message that it takes.
//
//   node centre.js PORT
const smpp = require('smpp');

const REFUSED = 0x0b;
const THROTTLED = 0x58;
const QUERY_FAILED = 0x67;
const ENROUTE = 1;

let next = 0x0a00;
const known = new Set();
const throttled = new Set();

function partOf(message) {
  const udh = message.udh && Buffer.isBuffer(message.udh[0]) ? message.udh[0] : message.udh;
  return udh ? Array.from(Buffer.from(udh)) : [];
}

function receipt(session, pdu, id) {
  const text = `id:${String(id).padStart(10, '0')} sub:001 dlvrd:001 submit date:2601020304 ` +
      'done date:2601020305 stat:DELIVRD err:000 text:';
  session.deliver_sm({
    source_addr: pdu.destination_addr,
    destination_addr: pdu.source_addr,
    esm_class: 4,
    short_message: text,
  });
}

function take(session, pdu) {
  const id = next++;
  const digits = pdu.destination_addr.slice(-2);
  known.add(id.toString(16));
  console.log(JSON.stringify({
    to: pdu.destination_addr,
    from: pdu.source_addr,
    coding: pdu.data_coding,
    udh: partOf(pdu.short_message),
    text: pdu.short_message.message,
  }));
  const answer = () => session.send(pdu.response({message_id: id.toString(16)}));
  if (digits === '50') {
    return;
  }
  if (digits === '70') {
    receipt(session, pdu, id);
    setTimeout(answer, 50);
    return;
  }
  answer();
  if (pdu.registered_delivery) {
    setTimeout(() => receipt(session, pdu, id), 20);
  }
}

const server = smpp.createServer((session) => {
  session.on('error', () => session.destroy());
  const bind = (pdu) => session.send(pdu.response({
    command_status: pdu.password === 'secret' ? 0 : 0x0e,
  }));
  session.on('bind_transceiver', bind);
  session.on('bind_transmitter', bind);
  session.on('bind_receiver', bind);
  session.on('enquire_link', (pdu) => session.send(pdu.response()));
  session.on('unbind', (pdu) => {
    session.send(pdu.response());
    session.close();
  });
  session.on('query_sm', (pdu) => session.send(pdu.response(
      known.has(pdu.message_id) ?
          {message_id: pdu.message_id, message_state: ENROUTE} :
          {command_status: QUERY_FAILED})));
  session.on('submit_sm', (pdu) => {
    const digits = pdu.destination_addr.slice(-2);
    if (digits === '20') {
      session.send(pdu.response({command_status: REFUSED}));
    } else if (digits === '31' && !throttled.has(pdu.destination_addr)) {
      throttled.add(pdu.destination_addr);
      session.send(pdu.response({command_status: THROTTLED}));
    } else {
      take(session, pdu);
    }
  });
});

server.listen(Number(process.argv[2]), '127.0.0.1', () => console.log('LISTENING'));
