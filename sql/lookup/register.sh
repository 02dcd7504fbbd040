#!/usr/bin/env bash
# register.sh FOLDER - fetches the register of CJS codes, one pinned version, into FOLDER/package.
#
# The npm package declares its own test tools as dependencies, some 300 packages; we need its data
# alone, so the one archive is packed, not installed. The sum is checked: another content under the
# same version is refused.
set -euo pipefail
folder=$1
name=@moj-bichard7-developers/bichard7-next-data
version=2.0.414
sum=c9da763b3dab7b57978056e835041e3bc8b6e92ac458cb1e1573819e890a4949
sum+=9d87e9c7003f7c27a44d6a890cb19578c993812d5070ce5e6540a5f4297a77bc
if [ -f "$folder/package/$version" ]; then exit 0; fi
mkdir -p "$folder"
archive=$(npm pack --silent --pack-destination "$folder" "$name@$version" | tail -n 1)
if ! echo "$sum  $folder/$archive" | sha512sum --check --quiet; then
  echo "register.sh: $name $version is not what it was; look before changing the sum" >&2
  exit 1
fi
rm -rf "$folder/package"
tar -xzf "$folder/$archive" -C "$folder"
touch "$folder/package/$version"
