#!/usr/bin/env bash
# Installs the programs that `mvn verify -Ppeers` tests the carriers against; nobody here wrote them.
# Needs Debian 12 (as root, for apt-get) and npm; opens nothing and starts nothing for good.
set -euo pipefail
cd "$(dirname "$0")"

packages=(
  'kannel=1.4.5-*'           # an SMS gateway that is a client of SMS centres
  'libnet-smpp-perl=1.19-*'  # SMPP in Perl
  'postfix=3.7.*'            # a mail server, and a mail sink
  'python3-dkim=1.1.*'       # verifies DKIM signatures
)

export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install -y --no-install-recommends "${packages[@]}"

# The versions are those of package-lock.json.
npm ci --no-audit --no-fund --ignore-scripts
