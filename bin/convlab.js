#!/usr/bin/env node
require('../dist/convlab.cjs')
