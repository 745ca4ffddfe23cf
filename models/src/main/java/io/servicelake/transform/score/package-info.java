/** States read off snapshots by rule: no model is trained for them. */
package io.servicelake.transform.score;
