"""Approvals (审批): an act that several posts must agree to waits as a request, and takes effect when the last agrees.

``procedure.act`` makes the request where the act's declaration names posts (``approved=[SECTION_HEAD, LEADER]``);
``deciding`` agrees, returns and withdraws; ``waiting`` lists what waits for somebody.
"""
